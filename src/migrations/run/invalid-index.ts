import type { IndexStmt, RangeVar } from 'libpg-query';
import { escapeIdentifier } from 'pg';
import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import type { RunQuery } from '../run-query.js';
import type { Statement } from '../sql/statement.js';
import type { RunnableStep } from './parse-step.js';

/** Names are quoted and qualified, ready for SQL. */
interface FoundIndex {
  name: string;
  isValid: boolean;
}

/** The index that `CREATE INDEX name ON table` would create: it lives in the schema of its table. */
export async function findIndex(
  query: RunQuery,
  { idxname, relation }: IndexStmt,
): Promise<FoundIndex | undefined> {
  if (!idxname || !relation) return undefined;
  const { rows } = await query(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name, i.indisvalid AS "isValid"
       FROM pg_class t JOIN pg_class c ON c.relnamespace = t.relnamespace AND c.relname = $2
       JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE t.oid = to_regclass($1)`,
    [nameOf(relation), idxname],
  );
  return rows[0] as unknown as FoundIndex | undefined;
}

/** What a REINDEX ... CONCURRENTLY that was killed has left on a table: `x_ccnew`, `x_ccold`, `x_ccnew1`, ... */
export async function findReindexLeftovers(query: RunQuery, relation: RangeVar): Promise<string[]> {
  const { rows } = await query(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$'
        AND i.indrelid = coalesce((SELECT indrelid FROM pg_index WHERE indexrelid = to_regclass($1)), to_regclass($1))
      ORDER BY 1`,
    [nameOf(relation)],
  );
  return rows.map((row) => String(row['name']));
}

/**
 * An ordinary `CREATE INDEX IF NOT EXISTS` takes an INVALID index of that name for done; PostgreSQL would never use it.
 * @throws MigrationError (SQL_ERROR).
 */
export async function refuseInvalidIndex(
  query: RunQuery,
  step: RunnableStep,
  statement: Statement,
): Promise<void> {
  if (!('IndexStmt' in statement.node)) return;
  const found = await findIndex(query, statement.node.IndexStmt);
  if (!found || found.isValid) return;
  throw new MigrationError(
    ExitCode.SQL_ERROR,
    `The index ${found.name} is there but INVALID: a concurrent build of it was interrupted`,
    {
      tag: step.tag,
      statement: statement.index,
      file: step.file.name,
      position: statement.position,
      hint: 'IF NOT EXISTS would leave it so, and no query would ever use it.',
      remedy: `DROP INDEX CONCURRENTLY ${found.name}; then run "npm run db:migrate" again`,
    },
  );
}

export const nameOf = ({ schemaname, relname }: RangeVar): string =>
  [schemaname, relname]
    .filter((part) => part !== undefined)
    .map((part) => escapeIdentifier(part))
    .join('.');
