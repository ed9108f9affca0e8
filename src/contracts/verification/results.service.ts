import { Injectable } from '@nestjs/common';
import { type SQL, and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { TenantDatabase, newIdAfter } from '../../database/index.js';
import { type Page, pageOf, positionOf } from '../../http/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { withoutCredentials } from '../interactions/credentials.js';
import { idNamed } from '../services/participants.js';
import { services } from '../services/services.schema.js';
import { type Outcome, outcomeOf, strangersIn } from './outcome.js';
import type { ResultDto, ResultsQuery, SubmitResultsDto } from './verification.dto.js';
import { TASK_STATUSES, verificationResults, verificationTasks } from './verification.schema.js';

const providers = alias(services, 'providers');
const consumers = alias(services, 'consumers');

const COLUMNS = {
  id: verificationResults.id,
  taskId: verificationResults.taskId,
  provider: providers.name,
  providerVersion: verificationResults.providerVersion,
  consumer: consumers.name,
  consumerVersion: verificationResults.consumerVersion,
  outcome: verificationResults.outcome,
  passed: sql<boolean>`${verificationResults.outcome} = 'passed'`,
  submittedAt: verificationResults.submittedAt,
  submittedBy: verificationResults.submittedBy,
};

/** After an incomplete result there is still as much to do as before. */
const STATUS_AFTER: Partial<Record<Outcome, Status>> = { passed: 'verified', failed: 'failed' };

/** What providers found, in the calling tenant. */
@Injectable()
export class ResultsService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
  ) {}

  async list(query: ResultsQuery): Promise<Page<ResultDto>> {
    const after = positionOf('verification_results', query);
    const columns =
      query.include === 'results' ? { ...COLUMNS, results: verificationResults.results } : COLUMNS;
    const rows = await this.select(
      columns,
      query.provider === undefined ? undefined : eq(verificationResults.providerId, idNamed(query.provider)),
      query.consumer === undefined ? undefined : eq(verificationResults.consumerId, idNamed(query.consumer)),
      after === undefined ? undefined : lt(verificationResults.id, after),
    )
      .orderBy(desc(verificationResults.id))
      .limit(query.limit + 1);
    return pageOf('verification_results', query, rows);
  }

  /** The task is locked first: a snapshot that changes at the same moment is either the one judged, or reopens the task. */
  async submit(taskId: string, { providerVersion, results }: SubmitResultsDto): Promise<ResultDto> {
    const task = await this.lock(taskId);
    if (task.providerVersion !== providerVersion)
      throw contractsProblems.providerVersionMismatch({ task: task.providerVersion, given: providerVersion });
    if (results.length === 0) throw contractsProblems.resultsEmpty();
    const snapshot = task.interactions.map(({ id }) => id);
    const strangers = strangersIn(snapshot, results);
    if (strangers.length > 0) throw contractsProblems.interactionNotOfTask(strangers);
    const outcome = outcomeOf(snapshot, results);
    const id = await this.insert(task, results, outcome);
    const [[row]] = await Promise.all([
      this.select(COLUMNS, eq(verificationResults.id, id)),
      this.db
        .update(verificationTasks)
        .set({ status: STATUS_AFTER[outcome] ?? statusBefore(task), updatedAt: sql`now()` })
        .where(eq(verificationTasks.id, taskId)),
      this.audit.record({
        action: 'verification.submit',
        entityType: 'verification_task',
        entityId: taskId,
        newValues: { providerVersion, outcome, results: results.length },
      }),
    ]);
    return row!;
  }

  private async insert(
    task: LockedTask,
    results: SubmitResultsDto['results'],
    outcome: Outcome,
  ): Promise<string> {
    const { tenantId, actor } = this.context.current;
    const id = newIdAfter(await this.newestOf(task));
    await this.db.insert(verificationResults).values({
      tenantId,
      id,
      taskId: task.id,
      providerId: task.providerId,
      providerVersion: task.providerVersion,
      consumerId: task.consumerId,
      consumerVersion: task.consumerVersion,
      environmentId: task.environmentId,
      results: results.map(({ actualResponse, ...result }) => ({
        ...result,
        ...(actualResponse && { actualResponse: withoutCredentials(actualResponse) }),
      })),
      outcome,
      covers: task.recorded,
      submittedBy: actor.id,
    });
    return id;
  }

  /** The newest counts, and is told by its id: it must stand behind those that are there, whatever made them. */
  private async newestOf(task: LockedTask): Promise<string | undefined> {
    const r = verificationResults;
    const [newest] = await this.db
      .select({ id: r.id })
      .from(r)
      .where(
        and(
          eq(r.consumerId, task.consumerId),
          eq(r.consumerVersion, task.consumerVersion),
          eq(r.providerId, task.providerId),
          eq(r.providerVersion, task.providerVersion),
        ),
      )
      .orderBy(desc(r.id))
      .limit(1);
    return newest?.id;
  }

  private async lock(id: string): Promise<LockedTask> {
    const t = verificationTasks;
    const [row] = await this.db
      .select({ task: t })
      .from(t)
      .innerJoin(providers, eq(providers.id, t.providerId))
      .innerJoin(consumers, eq(consumers.id, t.consumerId))
      .where(and(eq(t.id, id), isNull(t.deletedAt), isNull(providers.deletedAt), isNull(consumers.deletedAt)))
      .for('update', { of: t });
    if (!row) throw contractsProblems.taskNotFound();
    return row.task;
  }

  private select(columns: typeof COLUMNS, ...conditions: (SQL | undefined)[]) {
    return this.db
      .select(columns)
      .from(verificationResults)
      .innerJoin(providers, eq(providers.id, verificationResults.providerId))
      .innerJoin(consumers, eq(consumers.id, verificationResults.consumerId))
      .where(and(LIVE, ...conditions))
      .$dynamic();
  }
}

const LIVE = and(
  isNull(verificationResults.deletedAt),
  isNull(providers.deletedAt),
  isNull(consumers.deletedAt),
);

type LockedTask = typeof verificationTasks.$inferSelect;
type Status = (typeof TASK_STATUSES)[number];

const statusBefore = ({ status }: LockedTask): Status => (status === 'superseded' ? 'superseded' : 'open');
