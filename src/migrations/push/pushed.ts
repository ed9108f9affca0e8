import { ExitCode } from '../exit-code.js';
import type { WholeSnapshot } from '../generate/differences.js';
import { MigrationError } from '../migration-error.js';
import type { RunQuery } from '../run-query.js';

/** Notes in the database that its schema is no longer what its ledger says, and what it is. Goes with `db:reset`. */
export async function markPushed(query: RunQuery, snapshot: WholeSnapshot): Promise<void> {
  await query(`
    CREATE TABLE IF NOT EXISTS rowhouse.pushed (at timestamptz(3) NOT NULL DEFAULT clock_timestamp(), snapshot text NOT NULL)`);
  await query('INSERT INTO rowhouse.pushed (snapshot) VALUES ($1)', [JSON.stringify(snapshot)]);
}

/** The schema after the last push; undefined: nothing was pushed. */
export async function pushedSnapshot(query: RunQuery): Promise<WholeSnapshot | undefined> {
  if (!(await isPushed(query))) return undefined;
  const { rows } = await query('SELECT snapshot FROM rowhouse.pushed ORDER BY at DESC LIMIT 1');
  return JSON.parse(String(rows[0]?.['snapshot'])) as WholeSnapshot;
}

/** @throws MigrationError (INTEGRITY) where `db:push` has changed this database. */
export async function refusePushed(query: RunQuery): Promise<void> {
  if (!(await isPushed(query))) return;
  throw new MigrationError(
    ExitCode.INTEGRITY,
    'db:push has changed this database: its ledger is not true any more',
    {
      detail: 'Nothing was run.',
      remedy:
        '"npm run db:reset" empties it and applies the steps; what was tried becomes a step with "npm run db:generate"',
    },
  );
}

async function isPushed(query: RunQuery): Promise<boolean> {
  const { rows } = await query(`SELECT to_regclass('rowhouse.pushed') IS NOT NULL AS pushed`);
  return rows[0]?.['pushed'] === true;
}
