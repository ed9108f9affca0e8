import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import type { RunnableStep } from './parse-step.js';
import { pastForce } from './past-force.js';
import type { MigrationSession } from './session.js';

/**
 * `-- rowhouse:assert-empty <table>`: locks the table against writers until the step ends, and stops where it has rows.
 * @throws MigrationError (SQL_ERROR).
 */
export async function assertEmpty(
  session: MigrationSession,
  step: RunnableStep,
  table: string,
): Promise<void> {
  const { query } = session;
  const { rows: found } = await query('SELECT to_regclass($1)::text AS name', [table]);
  const name = found[0]?.['name'] as string | null;
  if (name === null) throw stopped(step, table, `there is no table ${table}`);
  if (step.isTransactional) await query(`LOCK TABLE ${name} IN SHARE ROW EXCLUSIVE MODE`);
  const { rows } = await pastForce(session, [table.includes('.') ? table : `public.${table}`], () =>
    query(`SELECT count(*)::float8 AS count FROM ${name}`),
  );
  const count = Number(rows[0]?.['count']);
  if (count > 0) throw stopped(step, table, `${table} has ${count} ${count === 1 ? 'row' : 'rows'}`);
}

function stopped({ tag, file, statements }: RunnableStep, table: string, fact: string): MigrationError {
  const line = file.text
    .split('\n')
    .findIndex((text) => text.includes('rowhouse:assert-empty') && text.includes(table));
  return new MigrationError(ExitCode.SQL_ERROR, `The step expects ${table} to be empty, and ${fact}`, {
    tag,
    file: file.name,
    position: { line: line + 1, column: 1 },
    detail: `None of its ${statements.length} statements was run.`,
    remedy: 'move or delete the rows in a step before this one, and run "npm run db:migrate" again',
  });
}
