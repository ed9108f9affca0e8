import { Injectable } from '@nestjs/common';
import { type SQL, and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { TenantDatabase } from '../../database/index.js';
import { KnownRepositories } from '../../tenancy/index.js';
import { githubInstallationRepositories, githubInstallations } from './installations.schema.js';

const { repositoryId, fullName } = githubInstallationRepositories;

/** The repositories of the installations that work: not of those that are suspended or gone. */
@Injectable()
export class Repositories extends KnownRepositories {
  constructor(private readonly db: TenantDatabase) {
    super();
  }

  async idOf(name: string): Promise<number | undefined> {
    const [row] = await this.find(sql`lower(${fullName}) = lower(${name})`);
    return row?.repositoryId;
  }

  async namesOf(ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.find(inArray(repositoryId, [...ids]));
    return new Map(rows.map((row) => [row.repositoryId, row.fullName]));
  }

  private find(which: SQL) {
    return this.db
      .select({ repositoryId, fullName })
      .from(githubInstallationRepositories)
      .innerJoin(
        githubInstallations,
        and(
          eq(githubInstallations.id, githubInstallationRepositories.installationRowId),
          eq(githubInstallations.status, 'active'),
          isNull(githubInstallations.deletedAt),
        ),
      )
      .where(
        and(
          which,
          isNull(githubInstallationRepositories.removedAt),
          isNull(githubInstallationRepositories.deletedAt),
        ),
      );
  }
}
