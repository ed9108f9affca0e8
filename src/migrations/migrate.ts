import type { ClientConfig } from 'pg';
import type { FolderContent } from './folder/folder-content.js';
import { migrationsFolder } from './folder/migrations-folder.js';
import { readFolder } from './folder/read-folder.js';
import { isInSchema } from './ledger/ledger.js';
import { readLedgers } from './ledger/read-ledgers.js';
import { ensureLedger } from './ledger/write-ledger.js';
import { plan, type PlannedStep } from './plan/planner.js';
import { refusal } from './plan/problems.js';
import { refusePushed } from './push/pushed.js';
import { assertMigrator } from './run/assert-migrator.js';
import { confirmed } from './run/confirm.js';
import { interrupted } from './run/interrupt.js';
import { assertInvariants, tellingOpenWalls } from './run/invariants.js';
import { withMigrationLock } from './run/lock.js';
import { withMigrationSession } from './run/open-session.js';
import type { MigrateOptions } from './run/options.js';
import { digestsOf, parseStep } from './run/parse-step.js';
import { runSteps } from './run/run-steps.js';
import type { MigrationSession } from './run/session.js';
import { loadParser } from './sql/parser.js';

/**
 * Applies what is pending, as `rowhouse_migrator` on a direct connection. Several processes may call it at once: one
 * works, the others wait for it. The isolation invariants are checked even where nothing is pending: a wall may have been
 * broken by hand since, and a deployment must not be told that all is well.
 * @throws MigrationError with the exit code of the command, and what mends it.
 */
export async function migrate(
  connection: ClientConfig,
  options: MigrateOptions = {},
): Promise<{ applied: string[] }> {
  const folder = await readFolder(options.folder ?? migrationsFolder());
  return withMigrationSession(connection, async (session) => {
    await assertMigrator(session.query);
    await refusePushed(session.query);
    // Asked before the lock is taken: a person may take long.
    const typed = await askFirst(session, folder, options);
    const confirm = [...(options.confirm ?? []), ...typed];
    return withMigrationLock(session, options, async () => {
      const steps = (await plannedSteps(session, folder, options)).map(parseStep);
      const confirmations = await confirmed(session.query, folder, steps, {
        ...options,
        confirm,
        ask: undefined,
      });
      await ensureLedger(session.query);
      await tellingOpenWalls(session.query, options, steps.length, () =>
        runSteps({ session, options, confirmations }, steps),
      );
      if (options.invariants && steps.at(-1)?.isTransactional !== true)
        await assertInvariants(session.query, options.invariants, undefined);
      return { applied: steps.map(({ tag }) => tag) };
    });
  });
}

async function askFirst(
  session: MigrationSession,
  folder: FolderContent,
  options: MigrateOptions,
): Promise<Iterable<string>> {
  if (!options.ask) return [];
  const steps = await plannedSteps(session, folder, options);
  try {
    return (await confirmed(session.query, folder, steps, options)).values();
  } catch (error) {
    throw options.signal?.aborted ? interrupted() : error;
  }
}

/** @throws MigrationError (INTEGRITY) where the plan is to do nothing. */
async function plannedSteps(
  { query }: MigrationSession,
  folder: FolderContent,
  { allowOutOfOrder }: MigrateOptions,
): Promise<PlannedStep[]> {
  const ledgers = await readLedgers(query);
  const inSchema = new Set(ledgers.own?.filter(({ state }) => isInSchema(state)).map(({ tag }) => tag));
  // Most runs find nothing to do, and then there is no SQL to read.
  if (folder.journal?.some(({ tag }) => !inSchema.has(tag))) await loadParser();
  const decision = plan(folder, ledgers, { digestsOf, allowOutOfOrder });
  if (decision.kind === 'refused') throw refusal(decision.problems);
  return decision.steps;
}
