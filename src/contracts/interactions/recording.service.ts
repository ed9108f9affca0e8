import { Injectable } from '@nestjs/common';
import { and, inArray, isNull, sql } from 'drizzle-orm';
import { TenantDatabase, newId } from '../../database/index.js';
import { TenantContext } from '../../tenancy/index.js';
import { dependencies } from '../dependencies/dependencies.schema.js';
import { Participants } from '../services/participants.js';
import { pause } from '../specs/document/pause.js';
import { SpecCheck } from '../specs/spec-check.service.js';
import type { Violation } from '../specs/violation.js';
import { TaskDerivation } from '../verification/task-derivation.service.js';
import { interactionHash } from './interaction-identity.js';
import type { RecordInteractionDto, RecordingDto } from './interactions.dto.js';
import { interactions } from './interactions.schema.js';

/** Records interactions, all of a request in a handful of statements. */
@Injectable()
export class RecordingService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly participants: Participants,
    private readonly specs: SpecCheck,
    private readonly tasks: TaskDerivation,
  ) {}

  /** One outcome per item, in their order. Recorded at the same moment by several, an interaction is stored once. */
  async record(items: RecordInteractionDto[], { strict }: { strict: boolean }): Promise<RecordingDto[]> {
    if (items.length === 0) return [];
    const ids = await this.participants.ensure(items.flatMap(({ service, consumer }) => [service, consumer]));
    const checked = await this.check(items, ids);
    await this.participants.share([...ids.values()]);
    const kept = checked.filter(({ violations }) => !strict || (violations ?? []).length === 0);
    const stored = await this.store(kept);
    await this.remember(kept, stored);
    return checked.map((candidate): RecordingDto => {
      const violations = candidate.violations ?? undefined;
      const shown = violations && { violations };
      const row = stored.get(candidate.hash);
      if (!row) return { outcome: 'refused', ...shown };
      const isFirst = row.isNew && row.first === candidate;
      return { outcome: isFirst ? 'recorded' : 'duplicate', id: row.id, ...shown };
    });
  }

  /** Before others are kept waiting, and with turns for them in between: a hostile specification makes it slow. */
  private async check(items: RecordInteractionDto[], ids: Map<string, string>): Promise<Candidate[]> {
    const documents = await this.specs.forProviders(
      items.map(({ service, serviceVersion }) => ({ serviceId: ids.get(service)!, version: serviceVersion })),
    );
    const rest = pause();
    const checked: Candidate[] = [];
    for (const item of items) {
      const turn = rest();
      if (turn) await turn;
      const serviceId = ids.get(item.service)!;
      checked.push({
        item,
        serviceId,
        consumerId: ids.get(item.consumer)!,
        hash: interactionHash(item),
        violations: documents.check({ serviceId, version: item.serviceVersion }, item),
      });
    }
    return checked;
  }

  private async store(candidates: Candidate[]): Promise<Map<string, Stored>> {
    const firsts = new Map<string, Candidate>();
    for (const candidate of candidates) {
      if (!firsts.has(candidate.hash)) firsts.set(candidate.hash, candidate);
    }
    if (firsts.size === 0) return new Map();
    const inserted = await this.insert([...firsts.values()]);
    const missing = [...firsts.keys()].filter((hash) => !inserted.has(hash));
    const existing = missing.length > 0 ? await this.idsByHash(missing) : new Map<string, string>();
    return new Map(
      [...firsts].map(([hash, first]) => {
        const id = inserted.get(hash) ?? existing.get(hash)!;
        return [hash, { id, first, isNew: inserted.has(hash) }];
      }),
    );
  }

  /** In the order of their hashes, so that two batches with the same interactions do not wait for each other. */
  private async insert(candidates: Candidate[]): Promise<Map<string, string>> {
    const { tenantId } = this.context.current;
    const now = new Date().toISOString();
    const rows = candidates
      .toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
      .map(({ item, serviceId, consumerId, hash, violations }) => ({
        tenantId,
        id: newId(),
        serviceId,
        serviceVersion: item.serviceVersion,
        consumerId,
        consumerVersion: item.consumerVersion,
        environment: item.environment,
        operation: item.operation,
        request: item.request,
        response: item.response,
        recordedAt: item.timestamp ?? now,
        durationMs: item.duration,
        clientInfo: item.clientInfo,
        violations,
        hash: Buffer.from(hash, 'hex'),
      }));
    const inserted = await this.db
      .insert(interactions)
      .values(rows)
      .onConflictDoNothing({
        target: [interactions.tenantId, interactions.hash],
        where: isNull(interactions.deletedAt),
      })
      .returning({ id: interactions.id, hash: interactions.hash });
    return new Map(inserted.map(({ id, hash }) => [hash.toString('hex'), id]));
  }

  private async idsByHash(hashes: string[]): Promise<Map<string, string>> {
    const rows = await this.db
      .select({ id: interactions.id, hash: interactions.hash })
      .from(interactions)
      .where(
        and(
          inArray(
            interactions.hash,
            hashes.map((hash) => Buffer.from(hash, 'hex')),
          ),
          isNull(interactions.deletedAt),
        ),
      );
    return new Map(rows.map(({ id, hash }) => [hash.toString('hex'), id]));
  }

  /** Versions, who depends on whom, and the tasks that follow. */
  private async remember(candidates: Candidate[], stored: Map<string, Stored>): Promise<void> {
    if (candidates.length === 0) return;
    const consumers = candidates.map(({ consumerId, item }) => ({
      serviceId: consumerId,
      version: item.consumerVersion,
    }));
    const providers = candidates.flatMap(({ serviceId, item }) =>
      item.serviceVersion === undefined ? [] : [{ serviceId, version: item.serviceVersion }],
    );
    await this.participants.ensureVersions([...consumers, ...providers]);
    await this.seeDependencies(candidates, stored);
    await this.tasks.afterRecording(distinct(consumers));
  }

  /**
   * Counts what is new. Recordings of one pair wait here for each other, so that none reads a count without the
   * interactions that belong to it.
   */
  private async seeDependencies(candidates: Candidate[], stored: Map<string, Stored>): Promise<void> {
    const { tenantId } = this.context.current;
    const linkOf = ({ consumerId, serviceId, item }: Candidate) => ({
      consumerId,
      consumerVersion: item.consumerVersion,
      providerId: serviceId,
    });
    const isNew = (candidate: Candidate) => {
      const row = stored.get(candidate.hash);
      return row?.isNew && row.first === candidate;
    };
    const news = Map.groupBy(candidates.filter(isNew), (candidate) => JSON.stringify(linkOf(candidate)));
    const links = distinct(candidates.map(linkOf));
    await this.db
      .insert(dependencies)
      .values(
        links.map((link) => ({
          ...link,
          tenantId,
          id: newId(),
          interactions: news.get(JSON.stringify(link))?.length ?? 0,
          firstSeenAt: sql`now()`,
          lastSeenAt: sql`now()`,
        })),
      )
      .onConflictDoUpdate({
        target: [
          dependencies.tenantId,
          dependencies.consumerId,
          dependencies.consumerVersion,
          dependencies.providerId,
        ],
        set: {
          interactions: sql`${dependencies.interactions} + excluded.interactions`,
          lastSeenAt: sql`now()`,
        },
      });
  }
}

interface Candidate {
  item: RecordInteractionDto;
  serviceId: string;
  consumerId: string;
  hash: string;
  violations: Violation[] | null;
}

interface Stored {
  id: string;
  isNew: boolean;
  first: Candidate;
}

/** Each once, in one order. */
function distinct<T extends object>(values: T[]): T[] {
  const byText = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byText.keys()].toSorted().map((text) => byText.get(text)!);
}
