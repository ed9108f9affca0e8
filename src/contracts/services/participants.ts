import { Injectable } from '@nestjs/common';
import { type SQL, and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { TenantDatabase, newId } from '../../database/index.js';
import { TenantContext } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { serviceVersions, services } from './services.schema.js';

/** One version of a named service. */
export interface Participant {
  service: string;
  version: string;
}

/** From the names that clients use to the rows they mean, for the other resources of this room. */
@Injectable()
export class Participants {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
  ) {}

  /** Throws `SERVICE_NOT_FOUND`. */
  async idOf(name: string): Promise<string> {
    const id = (await this.idsOf([name])).get(name);
    if (id === undefined) throw contractsProblems.serviceNotFound(name);
    return id;
  }

  /** By name; those that do not exist are absent. */
  async idsOf(names: string[]): Promise<Map<string, string>> {
    const rows = await this.db
      .select({ id: services.id, name: services.name })
      .from(services)
      .where(and(inArray(services.name, names), isNull(services.deletedAt)));
    return new Map(rows.map(({ id, name }) => [name, id]));
  }

  /**
   * Waits its turn for a service: deployments of it take the lock alone, recordings share it, so that whichever is second
   * sees what the first left. Throws `SERVICE_NOT_FOUND`.
   */
  async lock(name: string): Promise<string> {
    const [row] = await this.db
      .select({ id: services.id })
      .from(services)
      .where(and(eq(services.name, name), isNull(services.deletedAt)))
      .for('no key update');
    if (!row) throw contractsProblems.serviceNotFound(name);
    return row.id;
  }

  async hasVersion(serviceId: string, version: string): Promise<boolean> {
    const rows = await this.db
      .select({ id: serviceVersions.id })
      .from(serviceVersions)
      .where(
        and(
          eq(serviceVersions.serviceId, serviceId),
          eq(serviceVersions.version, version),
          isNull(serviceVersions.deletedAt),
        ),
      );
    return rows.length > 0;
  }

  /**
   * The services of these names, for what is recorded of them: they stay until it is committed. Registers what is not
   * known, at the same moment as others too, and again what is removed meanwhile.
   */
  async ensure(names: string[]): Promise<Map<string, string>> {
    const wanted = [...new Set(names)].toSorted();
    for (;;) {
      const shared = await this.share(wanted);
      const missing = wanted.filter((name) => !shared.has(name));
      if (missing.length === 0) return shared;
      await this.insert(missing);
    }
  }

  /** Registers versions that are not known yet. */
  async ensureVersions(versions: { serviceId: string; version: string }[]): Promise<void> {
    const { tenantId, actor } = this.context.current;
    const unique = new Map(versions.map((row) => [`${row.serviceId} ${row.version}`, row]));
    const rows = [...unique.keys()].toSorted().map((key) => unique.get(key)!);
    if (rows.length === 0) return;
    await this.db
      .insert(serviceVersions)
      .values(rows.map((row) => ({ ...row, tenantId, id: newId(), createdBy: actor.id })))
      .onConflictDoNothing({
        target: [serviceVersions.tenantId, serviceVersions.serviceId, serviceVersions.version],
        where: isNull(serviceVersions.deletedAt),
      });
  }

  /** Always in one order, so that no two wait for each other. */
  private async share(names: string[]): Promise<Map<string, string>> {
    const rows = await this.db
      .select({ id: services.id, name: services.name })
      .from(services)
      .where(and(inArray(services.name, names), isNull(services.deletedAt)))
      .orderBy(services.id)
      .for('share');
    return new Map(rows.map(({ id, name }) => [name, id]));
  }

  private async insert(names: string[]): Promise<void> {
    const { tenantId } = this.context.current;
    await this.db
      .insert(services)
      .values(names.map((name) => ({ tenantId, id: newId(), name })))
      .onConflictDoNothing({ target: [services.tenantId, services.name], where: isNull(services.deletedAt) });
  }
}

/**
 * The id of a service as part of a list's condition: compared with it, a column's index leads to the rows, where a joined
 * name would be looked at row by row. No such service: no rows.
 */
export const idNamed = (name: string): SQL =>
  sql`(SELECT named.id FROM services named WHERE named.name = ${name} AND named.deleted_at IS NULL)`;
