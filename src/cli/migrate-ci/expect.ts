import {
  ExitCode,
  type Invariants,
  MigrationError,
  type RunQuery,
  compareCatalogs,
  isDrift,
  readCatalog,
} from '../../migrations/index.js';
import { probe } from '../../isolation.js';
import { auditFindingInWords, isBlockingFinding } from '../../tenancy/audit/index.js';
import type { TrialDatabase } from './site.js';

/** @throws MigrationError (PENDING) with every difference between the two databases. */
export async function expectSameCatalog(
  expected: TrialDatabase,
  actual: TrialDatabase,
  what: string,
  remedy: string,
): Promise<void> {
  const [wanted, found] = [await expected.asAdmin(readCatalog), await actual.asAdmin(readCatalog)];
  const differences = compareCatalogs(wanted, found).filter(isDrift);
  if (differences.length === 0) return;
  throw new MigrationError(ExitCode.PENDING, `${what} is not what a fresh database is`, {
    detail: differences.map(({ text }) => text).join('\n'),
    remedy,
  });
}

/** @throws MigrationError (INTEGRITY) where a table that is still there has fewer rows than before. */
export async function expectNoRowLost(
  query: RunQuery,
  before: Record<string, number>,
  from: string,
): Promise<number> {
  let rowsNow = 0;
  for (const [table, count] of Object.entries(before)) {
    const { rows } = await query('SELECT to_regclass($1) IS NOT NULL AS "isThere"', [table]);
    if (rows[0]?.['isThere'] !== true) continue;
    const { rows: counted } = await query(`SELECT count(*)::int AS count FROM ${table}`);
    const now = Number(counted[0]?.['count']);
    rowsNow += now;
    if (now < count)
      throw new MigrationError(
        ExitCode.INTEGRITY,
        `${table} had ${count} rows after ${from}, and has ${now} now`,
        {
          remedy: 'one of the later steps deletes them: read their DELETE, TRUNCATE and DROP statements',
        },
      );
  }
  return rowsNow;
}

/**
 * Every rule that a database can break: in the catalogue, and pushed against as `rowhouse_app`.
 * @throws MigrationError (ISOLATION_BROKEN) with what is broken.
 */
export async function expectNoFinding(database: TrialDatabase, invariants: Invariants): Promise<void> {
  const pushed = (await database.asApp(probe)).filter(isBlockingFinding).map(auditFindingInWords);
  const broken = [...(await database.asAdmin(invariants)), ...pushed];
  if (broken.length === 0) return;
  throw new MigrationError(ExitCode.ISOLATION_BROKEN, broken.join('\n'));
}

/**
 * As `rowhouse_app`: each tenant sees its own rows of every tenant table and no other's, and without a tenant nobody sees
 * any.
 * @throws MigrationError (ISOLATION_BROKEN) naming the tables.
 */
export async function expectWalls(database: TrialDatabase): Promise<number> {
  const facts = await database.asAdmin(tenantTables);
  const broken: string[] = [];
  await database.asApp(async (query) => {
    for (const { table, counts } of facts) {
      if (!(await isRefusedWithoutTenant(query, table))) broken.push(`${table} can be read without a tenant`);
      for (const [tenant, rows] of Object.entries(counts)) {
        const seen = await seenBy(query, table, tenant);
        if (seen.others > 0) broken.push(`${table} shows ${seen.others} rows of other tenants`);
        if (seen.own !== rows) broken.push(`${table} shows ${seen.own} of ${rows} rows of tenant ${tenant}`);
      }
    }
  });
  if (broken.length === 0) return facts.length;
  throw new MigrationError(ExitCode.ISOLATION_BROKEN, broken.join('\n'), {
    remedy: 'give the table the security block that db:generate writes for a tenant table',
  });
}

interface TenantTable {
  table: string;
  /** Rows by tenant. */
  counts: Record<string, number>;
}

async function tenantTables(query: RunQuery): Promise<TenantTable[]> {
  const { rows } = await query(`
    SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
     WHERE c.relkind IN ('r', 'p') AND has_table_privilege('rowhouse_app', c.oid, 'SELECT') ORDER BY 1`);
  const tables: TenantTable[] = [];
  for (const { name } of rows) {
    const counted = await query(
      `SELECT coalesce(jsonb_object_agg(tenant_id, count), '{}') AS counts
         FROM (SELECT tenant_id, count(*) FROM ${String(name)} GROUP BY 1) per_tenant`,
    );
    tables.push({ table: String(name), counts: counted.rows[0]?.['counts'] as Record<string, number> });
  }
  return tables;
}

/** 42501 is what `current_tenant_id()` raises where no tenant is set. */
async function isRefusedWithoutTenant(query: RunQuery, table: string): Promise<boolean> {
  try {
    const { rows } = await query(`SELECT 1 FROM ${table}`);
    return rows.length === 0;
  } catch (error) {
    return (error as { code?: string }).code === '42501';
  }
}

async function seenBy(
  query: RunQuery,
  table: string,
  tenant: string,
): Promise<{ own: number; others: number }> {
  await query('BEGIN READ ONLY');
  await query(`SET LOCAL app.tenant_id = '${tenant}'`);
  const { rows } = await query(
    `SELECT tenant_id::text AS tenant, count(*)::int AS count FROM ${table} GROUP BY 1`,
  );
  await query('COMMIT');
  const own = rows.find((row) => row['tenant'] === tenant);
  const total = rows.reduce((sum, row) => sum + Number(row['count']), 0);
  return { own: Number(own?.['count'] ?? 0), others: total - Number(own?.['count'] ?? 0) };
}
