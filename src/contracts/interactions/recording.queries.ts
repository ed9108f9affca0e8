import { and, isNull, sql } from 'drizzle-orm';
import type { TenantDatabase } from '../../database/index.js';
import { interactions } from './interactions.schema.js';

/** A row of `interactions` under the names of its columns; `hash` in hexadecimal digits. */
interface NewInteraction {
  id: string;
  hash: string;
  [column: string]: unknown;
}

/** Which of these interactions are stored? Their ids by hash. */
export async function idsByHash(db: TenantDatabase, hashes: string[]): Promise<Map<string, string>> {
  if (hashes.length === 0) return new Map();
  const wanted = sql.param(hashes.map((hash) => Buffer.from(hash, 'hex')));
  const rows = await db
    .select({ id: interactions.id, hash: interactions.hash })
    .from(interactions)
    .where(and(sql`${interactions.hash} = any(${wanted}::bytea[])`, isNull(interactions.deletedAt)));
  return new Map(rows.map(({ id, hash }) => [hash.toString('hex'), id]));
}

/**
 * Stores those that nobody else stored meanwhile; answers their ids by hash. All rows are one parameter: as a parameter per
 * value, Drizzle took longer to write the statement of 500 rows than PostgreSQL to run it.
 */
export async function insertNew(
  db: TenantDatabase,
  tenantId: string,
  rows: NewInteraction[],
): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const inserted = await db.execute<{ id: string; hash: string }>(sql`
    INSERT INTO interactions
      (tenant_id, id, service_id, service_version, consumer_id, consumer_version, environment, operation,
       request, response, recorded_at, duration_ms, client_info, violations, hash)
    SELECT ${tenantId}, id, service_id, service_version, consumer_id, consumer_version, environment, operation,
           request, response, recorded_at, duration_ms, client_info, violations, decode(hash, 'hex')
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS new
             (id uuid, service_id uuid, service_version text, consumer_id uuid, consumer_version text, environment text,
              operation text, request jsonb, response jsonb, recorded_at timestamptz, duration_ms int, client_info jsonb,
              violations jsonb, hash text)
    ON CONFLICT (tenant_id, hash) WHERE deleted_at IS NULL DO NOTHING
    RETURNING id, encode(hash, 'hex') AS hash`);
  return new Map(inserted.rows.map(({ id, hash }) => [hash, id]));
}
