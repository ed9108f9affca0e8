import type { ClientConfig } from 'pg';
import type { Catalog } from '../catalog/catalog.js';
import { compareCatalogs, isDrift } from '../catalog/compare-catalogs.js';
import type { Difference } from '../catalog/difference.js';
import { readCatalog } from '../catalog/read-catalog.js';
import { ownerStatements } from '../drift/owner-statements.js';
import { ExitCode } from '../exit-code.js';
import type { FolderContent } from '../folder/folder-content.js';
import { readLedgers } from '../ledger/read-ledgers.js';
import { ensureLedger, recordBaseline } from '../ledger/write-ledger.js';
import { MigrationError } from '../migration-error.js';
import { isNotAdopted } from '../plan/problems.js';
import { hasBegun } from '../plan/step-status.js';
import { replay } from '../replay/replay.js';
import { stepsNamed, tagsUpTo } from '../replay/steps-named.js';
import { type LockOptions, withMigrationLock } from '../run/lock.js';
import { withMigrationSession } from '../run/open-session.js';
import { parseStep, type RunnableStep } from '../run/parse-step.js';
import type { MigrationSession } from '../run/session.js';
import { inTransaction } from '../run-query.js';

export interface BaselineOptions extends LockOptions {
  folder: FolderContent;
  /** The last step that the database has already. */
  to: string;
  /** A superuser of a server to throw things at, best of the same major. */
  scratch: ClientConfig;
}

/**
 * Takes over a database that was made by other means: where it is just what the steps up to `to` make, they are recorded
 * as done and none is run.
 * @returns the tags recorded, and what differs without mattering.
 * @throws MigrationError (INTEGRITY) with every difference, or where the database has a ledger already; nothing is written.
 */
export async function baseline(
  connection: ClientConfig,
  { folder, to, scratch, ...options }: BaselineOptions,
): Promise<{ recorded: string[]; information: Difference[] }> {
  const tags = tagsUpTo(folder, to);
  const expected = await replay(scratch, folder, tags);
  const steps = stepsNamed(folder, tags).map(parseStep);
  return withMigrationSession(connection, (session) =>
    withMigrationLock(session, options, async () => {
      await refuseLedger(session);
      const information = await compared(session, expected, to);
      await record(session, steps);
      return { recorded: tags, information };
    }),
  );
}

/** @throws MigrationError (INTEGRITY) where they differ. */
async function compared({ query }: MigrationSession, expected: Catalog, to: string): Promise<Difference[]> {
  const differences = compareCatalogs(expected, await readCatalog(query));
  const drift = differences.filter(isDrift);
  if (drift.length === 0) return differences;
  const owners = ownerStatements(drift);
  const list = drift.map(({ text }) => `- ${text}`).join('\n');
  throw new MigrationError(
    ExitCode.INTEGRITY,
    `Nothing was recorded: this database is not what the steps up to ${to} make. ` +
      `${drift.length} ${drift.length === 1 ? 'difference' : 'differences'}:\n${list}`,
    {
      detail: '"expected" is what the steps make, "is" what the database has.',
      ...(owners.length > 0 && { hint: `As an administrator:\n${owners.join('\n')}` }),
      remedy: `change the database until nothing differs (or name an earlier step with --to), and run "npm run db:baseline -- --to ${to}" again`,
      problems: drift,
    },
  );
}

async function refuseLedger({ query }: MigrationSession): Promise<void> {
  const ledgers = await readLedgers(query);
  if (isNotAdopted(ledgers))
    throw new MigrationError(
      ExitCode.INTEGRITY,
      "Nothing was recorded: drizzle's own migrator was here, and its ledger knows which steps are applied",
      { remedy: 'run "npm run db:adopt"' },
    );
  const begun = ledgers.own?.filter(hasBegun) ?? [];
  if (begun.length === 0) return;
  throw new MigrationError(
    ExitCode.INTEGRITY,
    `Nothing was recorded: the ledger of this database holds ${begun.length} steps already, the last of them ${begun.at(-1)?.tag}`,
    { remedy: '"npm run db:status" tells what is applied, and "npm run db:migrate" applies the rest' },
  );
}

async function record({ query }: MigrationSession, steps: RunnableStep[]): Promise<void> {
  await ensureLedger(query);
  await inTransaction(query, async () => {
    for (const step of steps) await recordBaseline(query, step, step.statements.length);
  });
}
