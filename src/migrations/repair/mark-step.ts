import type { ClientConfig } from 'pg';
import { ExitCode } from '../exit-code.js';
import { readFolder } from '../folder/read-folder.js';
import { readLedgers } from '../ledger/read-ledgers.js';
import { handOver, recordApplied, recordRolledBack } from '../ledger/write-ledger.js';
import { MigrationError } from '../migration-error.js';
import { statusOf } from '../plan/step-status.js';
import { stepsNamed } from '../replay/steps-named.js';
import { inTransaction } from '../run-query.js';
import { type LockOptions, withMigrationLock } from '../run/lock.js';
import { withMigrationSession } from '../run/open-session.js';
import { parseStep } from '../run/parse-step.js';
import { loadParser } from '../sql/parser.js';

/**
 * Tells the ledgers how an interrupted step was ended by hand. Nobody checks it: `db:drift` does.
 * @param as `applied`: finished by hand. `pending`: undone by hand; the next run begins it anew.
 * @throws MigrationError (USAGE) where the step is not interrupted.
 */
export async function markStep(
  connection: ClientConfig,
  path: string,
  tag: string,
  as: 'applied' | 'pending',
  options: LockOptions = {},
): Promise<void> {
  const folder = await readFolder(path);
  await loadParser();
  await withMigrationSession(connection, (session) =>
    withMigrationLock(session, options, async () => {
      const { query } = session;
      const status = statusOf(folder, await readLedgers(query)).find((each) => each.tag === tag);
      const isHalf = status?.state === 'interrupted' || status?.state === 'failed';
      if (!isHalf) throw notInterrupted(tag, status?.state);
      for (const step of stepsNamed(folder, [tag]).map(parseStep))
        await inTransaction(query, async () => {
          if (as === 'pending') return recordRolledBack(query, step);
          await handOver(query);
          await recordApplied(query, step, { statements: step.statements.length, durationMs: 0 });
        });
    }),
  );
}

const notInterrupted = (tag: string, state: string | undefined) =>
  new MigrationError(
    ExitCode.USAGE,
    state
      ? `${tag} is ${state}, and only an interrupted or failed step can be marked`
      : `There is no step ${tag}`,
    { tag, remedy: '"npm run db:status" shows the state of each step' },
  );
