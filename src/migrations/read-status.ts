import type { ClientConfig } from 'pg';
import { withClient } from './client.js';
import { migrationsFolder } from './folder/migrations-folder.js';
import { readFolder } from './folder/read-folder.js';
import { readLedgers } from './ledger/read-ledgers.js';
import { plan } from './plan/planner.js';
import type { Problem } from './plan/problems.js';
import { type StepStatus, statusOf } from './plan/step-status.js';
import { queryOf } from './run-query.js';
import { digestsOf } from './run/parse-step.js';
import { loadParser } from './sql/parser.js';

/** What `db:status` tells. */
export interface DatabaseStatus {
  steps: StepStatus[];
  /** Tags that `db:migrate` would run now, were there no problems. */
  pending: string[];
  /** Why it would refuse to. */
  problems: Problem[];
}

/** Compares the folder with the ledgers, as the migrator; changes nothing and waits for no lock. */
export async function readStatus(
  connection: ClientConfig,
  path: string = migrationsFolder(),
): Promise<DatabaseStatus> {
  const [folder, ledgers] = await Promise.all([
    readFolder(path),
    withClient(connection, (client) => readLedgers(queryOf(client))),
  ]);
  // The parser is asked about steps that are half done, and hardly any database has one.
  if (ledgers.own?.some(({ state }) => state === 'running' || state === 'failed')) await loadParser();
  const steps = statusOf(folder, ledgers);
  const decision = plan(folder, ledgers, { digestsOf });
  return {
    steps,
    pending: steps.filter(({ state }) => waitingStates.includes(state)).map(({ tag }) => tag),
    problems: decision.kind === 'refused' ? decision.problems : [],
  };
}

const waitingStates = ['pending', 'interrupted', 'failed', 'rolled back', 'out of order'];
