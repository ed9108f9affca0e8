import type { ClientConfig } from 'pg';
import { ExitCode } from '../exit-code.js';
import type { FolderContent } from '../folder/folder-content.js';
import { migrationsFolder } from '../folder/migrations-folder.js';
import { readFolder } from '../folder/read-folder.js';
import type { DrizzleLedgerRow } from '../ledger/ledger.js';
import { readLedgers } from '../ledger/read-ledgers.js';
import { ensureLedger, recordApplied } from '../ledger/write-ledger.js';
import { MigrationError } from '../migration-error.js';
import { journalTags, stepsNamed } from '../replay/steps-named.js';
import { inTransaction } from '../run-query.js';
import { type LockOptions, withMigrationLock } from '../run/lock.js';
import { withMigrationSession } from '../run/open-session.js';
import { parseStep } from '../run/parse-step.js';
import type { MigrationSession } from '../run/session.js';
import { loadParser } from '../sql/parser.js';
import { type AdoptionPlan, planAdoption } from './plan-adoption.js';

export interface AdoptOptions extends LockOptions {
  /** Default: `drizzle/` of the package. */
  folder?: string | undefined;
  /** Record steps whose file was changed since, as if they had been applied from what it is now. */
  acceptEdited?: boolean | undefined;
}

/** What was recorded, and what an operator should know. */
export interface Adoption extends Pick<AdoptionPlan, 'edited' | 'repeated' | 'skipped'> {
  /** In the journal's order; empty where our ledger knew all of it, or drizzle's migrator was never here. */
  recorded: string[];
}

/**
 * Takes over a database that drizzle's own migrator migrated until now: what its ledger calls applied, ours does too from
 * now on. Runs no step, and writes nothing where there is nothing to take over. It may be repeated.
 * @throws MigrationError (INTEGRITY) where a row is no step of the folder, or a file was changed since.
 */
export async function adopt(connection: ClientConfig, options: AdoptOptions = {}): Promise<Adoption> {
  const folder = await readFolder(options.folder ?? migrationsFolder());
  journalTags(folder);
  return withMigrationSession(connection, (session) =>
    withMigrationLock(session, options, async () => {
      const plan = planAdoption(folder, await readLedgers(session.query));
      if (plan.unmatched.length > 0) throw noSuchStep(plan.unmatched);
      if (plan.edited.length > 0 && !options.acceptEdited) throw changedSince(plan.edited);
      const { edited, repeated, skipped } = plan;
      const recorded = [...plan.matched, ...edited].toSorted(inJournalOrder(folder));
      await record(session, folder, recorded);
      return { recorded, edited, repeated, skipped };
    }),
  );
}

async function record({ query }: MigrationSession, folder: FolderContent, tags: string[]): Promise<void> {
  if (tags.length === 0) return;
  await loadParser();
  await ensureLedger(query);
  await inTransaction(query, async () => {
    for (const step of stepsNamed(folder, tags).map(parseStep)) {
      // One row per step, also where its file is another now.
      await query('UPDATE drizzle.__drizzle_migrations SET hash = $1 WHERE created_at = $2', [
        step.file.drizzleHash,
        step.when,
      ]);
      await recordApplied(query, step, { statements: step.statements.length, durationMs: 0 });
    }
  });
}

const inJournalOrder = (folder: FolderContent) => {
  const order = new Map(journalTags(folder).map((tag, index) => [tag, index]));
  return (a: string, b: string) => (order.get(a) ?? 0) - (order.get(b) ?? 0);
};

function noSuchStep(rows: DrizzleLedgerRow[]): MigrationError {
  const list = rows.map(
    ({ hash, createdAt }) => `- hash ${hash}, created at ${createdAt} (${new Date(createdAt).toISOString()})`,
  );
  return new MigrationError(
    ExitCode.INTEGRITY,
    `Nothing was recorded: drizzle's ledger holds ${rows.length === 1 ? 'a row that is' : `${rows.length} rows that are`} no step of this folder, neither by hash nor by time:\n${list.join('\n')}`,
    {
      hint: 'Such a step came from another branch or a newer release, or it was removed from the folder.',
      remedy:
        'work with the code that migrated this database last; only if nothing of that step is left in the database, ' +
        `DELETE FROM drizzle.__drizzle_migrations WHERE hash = '${rows[0]?.hash}'; and run "npm run db:adopt" again`,
      problems: rows,
    },
  );
}

const changedSince = (tags: string[]) =>
  new MigrationError(
    ExitCode.INTEGRITY,
    `Nothing was recorded: ${tags.join(', ')} ${tags.length === 1 ? 'was' : 'were'} changed after drizzle had applied ` +
      `${tags.length === 1 ? 'it' : 'them'} (the time is the same, the hash is not)`,
    {
      remedy:
        `"git log -p -- drizzle/${tags[0]}.sql" shows what was changed: restore the file as it was applied; or, where the ` +
        'change makes no other schema, run "npm run db:adopt -- --accept-edited" and then "npm run db:drift", which proves it',
    },
  );
