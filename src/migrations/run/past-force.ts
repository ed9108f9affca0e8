import type { RangeVar } from 'libpg-query';
import { relationName } from '../sql/names.js';
import type { Statement } from '../sql/statement.js';
import type { MigrationSession } from './session.js';

/**
 * Some providers allow no login with BYPASSRLS. There FORCE binds the migrator too, and PostgreSQL refuses a statement that
 * would see less than all rows (`row_security` is off: it would keep silent otherwise). Such a statement runs once more with
 * FORCE lifted from the tables it names and those they refer to: inside the transaction of the step and under its exclusive lock,
 * so that nobody ever meets the table without it.
 */
export async function pastForce<T>(
  { query, bypassesRowSecurity }: MigrationSession,
  tables: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  if (bypassesRowSecurity) return work();
  await query('SAVEPOINT past_force');
  try {
    const result = await work();
    await query('RELEASE SAVEPOINT past_force');
    return result;
  } catch (error) {
    if (!isRefusedByForce(error)) throw error;
    await query('ROLLBACK TO SAVEPOINT past_force');
    const { rows } = await query(FORCED, [tables]);
    const forced = rows.map(({ name }) => String(name));
    for (const table of forced) await query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    const result = await work();
    for (const table of forced) await query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
    return result;
  }
}

/** `schema.table` of all that a statement names, also in the body of a DO block. */
export const tablesNamedIn = ({ node, nested }: Statement): string[] =>
  [node, ...nested.map((inner) => inner.node)].flatMap(tablesIn);

/** Where the grammar allows nothing else, the parser writes a table without saying that it is one (`UPDATE`, `ALTER TABLE`). */
function tablesIn(tree: unknown): string[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return [
    ...('relname' in tree ? [relationName(tree as RangeVar)] : []),
    ...Object.values(tree).flatMap(tablesIn),
  ];
}

/** By the function of the server that said so: its words are translated, and 42501 is said of much else. */
const isRefusedByForce = (error: unknown) => (error as { routine?: string }).routine === 'check_enable_rls';

const FORCED = `
  WITH named AS (
    SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname || '.' || c.relname = ANY ($1))
  SELECT oid::regclass::text AS name FROM pg_class
   WHERE relforcerowsecurity
     AND oid IN (SELECT oid FROM named
                 UNION SELECT confrelid FROM pg_constraint WHERE contype = 'f' AND conrelid IN (SELECT oid FROM named))
   ORDER BY 1`;
