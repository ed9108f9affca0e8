import { type SQL, sql } from 'drizzle-orm';
import type { TenantDatabase } from '../../database/index.js';
import type { InteractionStatsDto, OperationStatsDto, ServiceHealthDto } from './stats.dto.js';

type Row<T> = T & Record<string, unknown>;

type Overview = Row<{
  services: number;
  environments: number;
  interactions: number;
  active_deployments: number;
  open_tasks: number;
  draft: number;
  approved: number;
  rejected: number;
  deprecated: number;
  passed: number;
  total: number;
}>;

/** How much is there, what waits, and what share of the last 30 days' results passed? */
export async function overview(db: TenantDatabase): Promise<Overview[]> {
  const { rows } = await db.execute<Overview>(sql`
    SELECT (SELECT count(*)::int FROM services WHERE deleted_at IS NULL) AS services,
           (SELECT count(*)::int FROM environments WHERE deleted_at IS NULL) AS environments,
           (SELECT coalesce(sum(interactions), 0)::int FROM dependencies
              JOIN services consumer ON consumer.id = consumer_id AND consumer.deleted_at IS NULL
              JOIN services provider ON provider.id = provider_id AND provider.deleted_at IS NULL) AS interactions,
           (SELECT count(*)::int FROM deployments WHERE active) AS active_deployments,
           (SELECT count(*)::int FROM verification_tasks WHERE status = 'open') AS open_tasks,
           fixture.*, result.*
      FROM (SELECT count(*) FILTER (WHERE status = 'draft')::int AS draft,
                   count(*) FILTER (WHERE status = 'approved')::int AS approved,
                   count(*) FILTER (WHERE status = 'rejected')::int AS rejected,
                   count(*) FILTER (WHERE status = 'deprecated')::int AS deprecated
              FROM fixtures WHERE deleted_at IS NULL) AS fixture,
           (SELECT count(*) FILTER (WHERE outcome = 'passed')::int AS passed, count(*)::int AS total
              FROM verification_results WHERE submitted_at > now() - interval '30 days') AS result`);
  return rows;
}

/** How do the tasks of each provider stand? What is superseded counts no more. */
export async function providerTasks(db: TenantDatabase): Promise<Omit<ServiceHealthDto, 'state'>[]> {
  const { rows } = await db.execute<Row<Omit<ServiceHealthDto, 'state'>>>(sql`
    SELECT services.name AS service,
           count(*) FILTER (WHERE task.status = 'verified')::int AS verified,
           count(*) FILTER (WHERE task.status = 'failed')::int AS failed,
           count(*) FILTER (WHERE task.status = 'open')::int AS open
      FROM verification_tasks task
      JOIN services ON services.id = task.provider_id AND services.deleted_at IS NULL
      JOIN services consumer ON consumer.id = task.consumer_id AND consumer.deleted_at IS NULL
     WHERE task.status <> 'superseded'
     GROUP BY services.name ORDER BY services.name`);
  return rows;
}

type Totals = Row<Omit<InteractionStatsDto, 'days' | 'operations'>>;

const DURATIONS = sql`
  round(avg(duration_ms), 1)::float8 AS "meanDuration",
  percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms) AS "p95Duration"`;

/** Who asked this provider since then, how often, and how long did it take? */
export async function interactionStats(db: TenantDatabase, serviceId: string, since: SQL): Promise<Totals[]> {
  const { rows } = await db.execute<Totals>(sql`
    SELECT count(*)::int AS interactions,
           coalesce(array_agg(DISTINCT consumer.name ORDER BY consumer.name), '{}') AS consumers, ${DURATIONS}
      FROM interactions i JOIN services consumer ON consumer.id = i.consumer_id AND consumer.deleted_at IS NULL
     WHERE i.service_id = ${serviceId} AND i.recorded_at > ${since} AND i.deleted_at IS NULL`);
  return rows;
}

/** The same by operation, the busiest first; at most 100. */
export async function operationStats(
  db: TenantDatabase,
  serviceId: string,
  since: SQL,
): Promise<OperationStatsDto[]> {
  const { rows } = await db.execute<Row<OperationStatsDto>>(sql`
    SELECT operation, count(*)::int AS interactions, ${DURATIONS}
      FROM interactions
     WHERE service_id = ${serviceId} AND recorded_at > ${since} AND deleted_at IS NULL
     GROUP BY operation ORDER BY count(*) DESC, operation LIMIT 100`);
  return rows;
}
