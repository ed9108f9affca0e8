import type { RunQuery } from '../isolation-audit.js';
import { type AuditFinding, type AuditRule, findingOf } from '../rule.js';
import { probeRule } from '../rules/tried.js';
import { type Attempt, PREPARED, type ProbedTable, attemptsOf, attemptsOfLogin } from './attempts.js';

/** A wall that could not be tried is told, and does not block: somebody is changing the table just now. */
const untriedRule: AuditRule = { ...probeRule, severity: 'warning' };

const REFUSED = '42501';
/** The class of what ended without an answer about a wall: no resources, cancelled, locked. */
const UNTRIED = /^(08|53|55|57|40)/;

/** A lock that somebody holds must not hold up the start. */
const LOCK_TIMEOUT = '500ms';

const TABLES = `
  SELECT c.oid::regclass::text AS name, has_any_column_privilege(c.oid, 'SELECT') AS "canSelect",
         has_any_column_privilege(c.oid, 'INSERT') AS "canInsert"
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    AND (has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE') OR has_table_privilege(c.oid, 'DELETE'))
    AND has_schema_privilege(n.oid, 'USAGE')
  ORDER BY 1`;

/**
 * Tries, as the login of the service, what no tenant may do: on every table that it has a privilege on. `query` runs on one
 * connection of that login, and finds it as it left it. One round trip for each attempt.
 * @throws what a query throws where the database is gone.
 */
export async function probeIsolation(query: RunQuery): Promise<AuditFinding[]> {
  // However little time requests have: an attempt that was cut off has said nothing of its wall.
  await query(`BEGIN; SET LOCAL statement_timeout = '5s'`);
  try {
    return await probeWalls(query);
  } finally {
    await query('ROLLBACK').catch(() => undefined); // the first error counts
  }
}

/** The same, inside a transaction that the caller rolls back. */
export async function probeWalls(query: RunQuery): Promise<AuditFinding[]> {
  await query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'; SAVEPOINT rowhouse_audit`);
  const tables = (await query(TABLES)).rows as unknown as ProbedTable[];
  const attempts = [...attemptsOfLogin, ...tables.flatMap(attemptsOf)];
  const findings: AuditFinding[] = [];
  for (const attempt of attempts) {
    const finding = judge(attempt, await outcomeOf(query, attempt.sql));
    if (finding) findings.push(finding);
  }
  await deallocate(query);
  return findings;
}

/** A rollback does not end prepared statements, and behind a pooler the session lives on. */
async function deallocate(query: RunQuery): Promise<void> {
  await query('ROLLBACK TO SAVEPOINT rowhouse_audit');
  const { rows } = await query(
    `SELECT format('DEALLOCATE %I', name) AS statement FROM pg_catalog.pg_prepared_statements WHERE starts_with(name, $1)`,
    [PREPARED],
  );
  if (rows.length > 0) await query(rows.map(({ statement }) => String(statement)).join(';'));
}

function judge({ object, fault, remedy, expected }: Attempt, outcome: string): AuditFinding | undefined {
  if (outcome === expected) return undefined;
  if (!UNTRIED.test(outcome)) {
    const sqlState = /^\d/.test(outcome) ? `, and ends with SQLSTATE ${outcome}` : '';
    return findingOf(probeRule, object, fault + sqlState, remedy);
  }
  return findingOf(
    untriedRule,
    object,
    `could not be tried (SQLSTATE ${outcome})`,
    'npm run db:audit, when no migration runs',
  );
}

/** `refused`, `no rows`, `rows`, or another SQLSTATE. */
async function outcomeOf(query: RunQuery, sql: string): Promise<string> {
  try {
    // Several statements in one message have as many results.
    const last = [await query(`ROLLBACK TO SAVEPOINT rowhouse_audit; ${sql}`)].flat().at(-1);
    return last && last.rows.length > 0 ? 'rows' : 'no rows';
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined) throw error;
    return code === REFUSED ? 'refused' : code;
  }
}
