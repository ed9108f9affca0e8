import { Injectable } from '@nestjs/common';
import { TenantDatabase, newId } from '../../database/index.js';
import { TenantContext } from '../../tenancy/index.js';
import { DependencyCounts } from '../dependencies/dependency-counts.service.js';
import { Participants } from '../services/participants.js';
import { SpecCheck } from '../specs/spec-check.service.js';
import type { Violation } from '../specs/violation.js';
import type { Dependency } from '../verification/task-derivation.js';
import { TaskDerivation } from '../verification/task-derivation.service.js';
import { withoutCredentials } from './credentials.js';
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
    private readonly dependencies: DependencyCounts,
    private readonly tasks: TaskDerivation,
  ) {}

  /** One outcome per item, in their order. Recorded at the same moment by several, an interaction is stored once. */
  async record(items: RecordInteractionDto[], { strict }: { strict: boolean }): Promise<RecordingDto[]> {
    if (items.length === 0) return [];
    const checked = await this.check(items);
    const kept = checked.filter(({ violations }) => !strict || (violations ?? []).length === 0);
    const candidates = await this.identify(kept);
    const stored = await this.store([...candidates.values()]);
    await this.remember([...candidates.values()], stored);
    return checked.map((each): RecordingDto => {
      const shown = each.violations && { violations: each.violations };
      const candidate = candidates.get(each);
      if (!candidate) return { outcome: 'refused', ...shown };
      const { id } = stored.get(candidate.hash)!;
      return { outcome: isNew(candidate, stored) ? 'recorded' : 'duplicate', id, ...shown };
    });
  }

  /** Before anything is locked: a large batch takes its time, and deployments would wait for it. */
  private async check(items: RecordInteractionDto[]): Promise<Checked[]> {
    const known = await this.participants.idsOf([...new Set(items.map(({ service }) => service))]);
    const violations = await this.specs.check(items, known);
    return items.map((item, index) => ({
      item,
      checkedFor: known.get(item.service),
      violations: violations[index]!,
    }));
  }

  /** Locks the services, and registers those of what is kept; what is refused leaves nothing behind. */
  private async identify(kept: Checked[]): Promise<Map<Checked, Candidate>> {
    const ids = await this.participants.ensure(kept.flatMap(({ item }) => [item.service, item.consumer]));
    return new Map(
      kept.map((checked) => {
        const request = withoutCredentials(checked.item.request);
        const response = withoutCredentials(checked.item.response);
        const item = { ...checked.item, request, response };
        const serviceId = ids.get(item.service)!;
        const consumerId = ids.get(item.consumer)!;
        // By their ids: a service that was removed and registered again is another one of the same name.
        const hash = interactionHash({ ...item, service: serviceId, consumer: consumerId });
        const violations = checked.checkedFor === serviceId ? checked.violations : null;
        return [checked, { item, serviceId, consumerId, hash, violations }];
      }),
    );
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
    const recorded = candidates.map((candidate) => ({
      dependency: dependencyOf(candidate),
      isNew: isNew(candidate, stored),
    }));
    await this.tasks.afterRecording(await this.dependencies.add(recorded));
  }
}

/** An item, and where it contradicts the specification of the provider that had its name then. */
interface Checked {
  item: RecordInteractionDto;
  checkedFor: string | undefined;
  violations: Violation[] | null;
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

/** Of several that are the same within a request, the first is. */
function isNew(candidate: Candidate, stored: Map<string, Stored>): boolean {
  const row = stored.get(candidate.hash)!;
  return row.isNew && row.first === candidate;
}

const dependencyOf = ({ consumerId, serviceId, item }: Candidate): Dependency => ({
  consumer: consumerId,
  consumerVersion: item.consumerVersion,
  provider: serviceId,
});
