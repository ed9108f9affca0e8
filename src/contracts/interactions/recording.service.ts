import { Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { TenantDatabase, newId } from '../../database/index.js';
import { TenantContext } from '../../tenancy/index.js';
import { dependencies } from '../dependencies/dependencies.schema.js';
import { Participants } from '../services/participants.js';
import { SpecCheck } from '../specs/spec-check.service.js';
import type { Violation } from '../specs/violation.js';
import type { Dependency } from '../verification/task-derivation.js';
import { TaskDerivation } from '../verification/task-derivation.service.js';
import { interactionHash } from './interaction-identity.js';
import type { RecordInteractionDto, RecordingDto } from './interactions.dto.js';
import { idsByHash, insertNew } from './recording.queries.js';

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

  private async check(items: RecordInteractionDto[], ids: Map<string, string>): Promise<Candidate[]> {
    const documents = await this.specs.forProviders(
      items.map(({ service, serviceVersion }) => ({ serviceId: ids.get(service)!, version: serviceVersion })),
    );
    return items.map((item) => {
      const serviceId = ids.get(item.service)!;
      const consumerId = ids.get(item.consumer)!;
      return {
        item,
        serviceId,
        consumerId,
        // By their ids: a service that was removed and registered again is another one of the same name.
        hash: interactionHash({ ...item, service: serviceId, consumer: consumerId }),
        violations: documents.check({ serviceId, version: item.serviceVersion }, item),
      };
    });
  }

  private async store(candidates: Candidate[]): Promise<Map<string, Stored>> {
    const firsts = new Map<string, Candidate>();
    for (const candidate of candidates) {
      if (!firsts.has(candidate.hash)) firsts.set(candidate.hash, candidate);
    }
    if (firsts.size === 0) return new Map();
    // What is recorded again and again is known already: it is looked up, and not sent to be refused.
    const known = await idsByHash(this.db, [...firsts.keys()]);
    const unknown = [...firsts].filter(([hash]) => !known.has(hash)).map(([, candidate]) => candidate);
    const inserted = await this.insert(unknown);
    const missed = unknown.filter(({ hash }) => !inserted.has(hash)).map(({ hash }) => hash);
    const since = await idsByHash(this.db, missed);
    return new Map(
      [...firsts].map(([hash, first]) => {
        const id = inserted.get(hash) ?? known.get(hash) ?? since.get(hash)!;
        return [hash, { id, first, isNew: inserted.has(hash) }];
      }),
    );
  }

  /** In the order of their hashes, so that two batches with the same interactions do not wait for each other. */
  private insert(candidates: Candidate[]): Promise<Map<string, string>> {
    const now = new Date().toISOString();
    const rows = candidates
      .toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
      .map(({ item, serviceId, consumerId, hash, violations }) => ({
        id: newId(),
        service_id: serviceId,
        service_version: item.serviceVersion,
        consumer_id: consumerId,
        consumer_version: item.consumerVersion,
        environment: item.environment,
        operation: item.operation,
        request: item.request,
        response: item.response,
        recorded_at: item.timestamp ?? now,
        duration_ms: item.duration,
        client_info: item.clientInfo,
        violations,
        hash,
      }));
    return insertNew(this.db, this.context.current.tenantId, rows);
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
    await this.tasks.afterRecording(await this.seeDependencies(candidates, stored));
  }

  /**
   * Counts what is new, and answers whose it is. Recordings of one pair wait here for each other, so that none reads a
   * count without the interactions that belong to it.
   */
  private async seeDependencies(candidates: Candidate[], stored: Map<string, Stored>): Promise<Dependency[]> {
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
    return links
      .filter((link) => news.has(JSON.stringify(link)))
      .map(({ consumerId, consumerVersion, providerId }) => ({
        consumer: consumerId,
        consumerVersion,
        provider: providerId,
      }));
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
