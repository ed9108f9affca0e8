import type { ClientConfig } from 'pg';
import { compareCatalogs } from '../catalog/compare-catalogs.js';
import type { Difference } from '../catalog/difference.js';
import { readCatalog } from '../catalog/read-catalog.js';
import { ExitCode } from '../exit-code.js';
import type { FolderContent } from '../folder/folder-content.js';
import { readLedgers } from '../ledger/read-ledgers.js';
import { withClient } from '../client.js';
import { MigrationError } from '../migration-error.js';
import { isNotAdopted } from '../plan/problems.js';
import { statusOf, type StepStatus } from '../plan/step-status.js';
import { replay } from '../replay/replay.js';
import { queryOf } from '../run-query.js';

/** How a database differs from what its steps make. */
export interface DriftReport {
  /** The steps that were replayed: those the ledger calls applied, in the journal's order. */
  applied: string[];
  /** Steps that are not applied and do not count. */
  pending: string[];
  /** Applied, but the file is another now: the replay ran the new text. */
  edited: string[];
  differences: Difference[];
}

/**
 * Compares the live catalogue with a replay of the steps that are applied.
 * @param scratch a superuser of a server to throw things at, best of the same major.
 * @throws MigrationError (INTEGRITY) where the ledger is of no use for that; what connecting throws.
 */
export async function drift(
  connection: ClientConfig,
  folder: FolderContent,
  scratch: ClientConfig,
): Promise<DriftReport> {
  const { statuses, actual } = await withClient(connection, async (client) => {
    const ledgers = await readLedgers(queryOf(client));
    if (isNotAdopted(ledgers)) throw notAdopted();
    return { statuses: statusOf(folder, ledgers), actual: await readCatalog(queryOf(client)) };
  });
  refuseUnknown(statuses);
  const inSchema = statuses.filter(({ state }) => ['applied', 'baseline', 'edited'].includes(state));
  const applied = tagsOf(inSchema);
  const expected = await replay(scratch, folder, applied);
  return {
    applied,
    pending: tagsOf(statuses.filter((status) => !inSchema.includes(status) && status.state !== 'orphan')),
    edited: tagsOf(inSchema.filter(({ state }) => state === 'edited')),
    differences: compareCatalogs(expected, actual),
  };
}

const tagsOf = (statuses: StepStatus[]) => statuses.map(({ tag }) => tag);

const isHalf = ({ state, row }: StepStatus) => state === 'failed' && (row?.statementsDone ?? 0) > 0;

/** What such steps made cannot be replayed, and would all be told as drift. */
function refuseUnknown(statuses: StepStatus[]): void {
  const lost = statuses.filter(
    (status) => ['unknown', 'missing', 'interrupted'].includes(status.state) || isHalf(status),
  );
  if (lost.length === 0) return;
  const list = lost.map(({ tag, state }) => `${tag} (${state})`).join(', ');
  throw new MigrationError(
    ExitCode.INTEGRITY,
    `There is nothing sound to compare the database with: ${list}`,
    {
      hint: 'unknown: the database has it and the code does not; missing: its file is gone; interrupted: half of it is done.',
      remedy: '"npm run db:status" tells of each what mends it; then run "npm run db:drift" again',
    },
  );
}

const notAdopted = () =>
  new MigrationError(
    ExitCode.INTEGRITY,
    "This database was migrated by drizzle's own migrator and has no ledger of ours yet",
    { remedy: 'run "npm run db:adopt" once; it runs none of the steps again' },
  );
