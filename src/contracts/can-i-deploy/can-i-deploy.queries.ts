import { sql } from 'drizzle-orm';
import type { TenantDatabase } from '../../database/index.js';
import type { Outcome } from '../verification/outcome.js';
import type { PairFacts } from './compatibility.js';
import type { SemverScope } from './nearest-version.js';

interface Question {
  serviceId: string;
  version: string;
  environmentId: string;
  semver: SemverScope;
}

interface PairRow extends Record<string, unknown> {
  role: 'consumer' | 'provider';
  consumer: string;
  consumer_version: string;
  provider: string;
  provider_version: string | null;
  recorded: number;
  verifications: { version: string; outcome: Outcome; task: string; covers: number }[] | null;
}

/**
 * Whom would this version meet in the environment, and what is known of each pair? As a consumer it meets every provider
 * it depends on, deployed or not, and of itself the version that is asked about; as a provider every consumer that is
 * active there and depends on it. Each lateral part is one step down an index, and nothing looks at the interactions,
 * however many there are.
 */
export async function pairsOf(
  db: TenantDatabase,
  { serviceId, version, environmentId, semver }: Question,
): Promise<PairFacts[]> {
  const { rows } = await db.execute<PairRow>(sql`
    WITH pairs AS (
      SELECT 'consumer' AS role, d.consumer_id, d.consumer_version, d.provider_id, d.interactions,
             CASE WHEN d.provider_id = d.consumer_id THEN d.consumer_version ELSE active.version END AS provider_version
        FROM dependencies d
        LEFT JOIN deployments active ON active.tenant_id = d.tenant_id AND active.service_id = d.provider_id
             AND active.environment_id = ${environmentId} AND active.active
       WHERE d.consumer_id = ${serviceId} AND d.consumer_version = ${version}
      UNION ALL
      SELECT 'provider', d.consumer_id, d.consumer_version, d.provider_id, d.interactions, ${version}
        FROM dependencies d
        JOIN deployments active ON active.tenant_id = d.tenant_id AND active.service_id = d.consumer_id
             AND active.version = d.consumer_version AND active.environment_id = ${environmentId} AND active.active
       WHERE d.provider_id = ${serviceId} AND d.consumer_id <> d.provider_id
    )
    SELECT pairs.role, consumer.name AS consumer, pairs.consumer_version, provider.name AS provider,
           pairs.provider_version, pairs.interactions AS recorded, verified.verifications
      FROM pairs
      JOIN services consumer ON consumer.id = pairs.consumer_id AND consumer.deleted_at IS NULL
      JOIN services provider ON provider.id = pairs.provider_id AND provider.deleted_at IS NULL
      LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('version', latest.provider_version, 'outcome', latest.outcome,
                 'task', latest.task_id, 'covers', latest.covers)) AS verifications
          FROM (${semver === 'none' ? NEWEST_OF_THIS_VERSION : NEWEST_OF_EACH_VERSION}) AS latest
      ) AS verified ON true
     ORDER BY pairs.role, provider.name, consumer.name`);
  return rows.map(toFacts);
}

const OF_PAIR = sql`
  r.provider_version, r.outcome, r.task_id, r.covers FROM verification_results r
   WHERE r.consumer_id = pairs.consumer_id AND r.consumer_version = pairs.consumer_version AND r.provider_id = pairs.provider_id`;

/** And one of any other version, which tells a pair that was never verified from one that was, but not for this version. */
const NEWEST_OF_THIS_VERSION = sql`
  (SELECT ${OF_PAIR} AND r.provider_version = pairs.provider_version ORDER BY r.id DESC LIMIT 1)
  UNION ALL (SELECT ${OF_PAIR} AND r.provider_version <> pairs.provider_version LIMIT 1)`;

/** For the choice of the nearest. */
const NEWEST_OF_EACH_VERSION = sql`
  SELECT DISTINCT ON (r.provider_version) ${OF_PAIR} ORDER BY r.provider_version, r.id DESC`;

function toFacts(row: PairRow): PairFacts {
  return {
    role: row.role,
    consumer: { service: row.consumer, version: row.consumer_version },
    provider: { service: row.provider, version: row.provider_version ?? undefined },
    hasInteractions: row.recorded > 0,
    verifications: (row.verifications ?? []).map(({ version, outcome, task, covers }) => ({
      providerVersion: version,
      // What was recorded after the snapshot that was judged has not been verified.
      outcome: outcome === 'passed' && row.recorded > covers ? 'incomplete' : outcome,
      taskId: task,
    })),
  };
}
