import { readMigrationConnection } from '../config/command-connections.js';
import {
  drift,
  type DriftReport,
  ExitCode,
  isDrift,
  migrationsFolder,
  readFolder,
} from '../migrations/index.js';
import { withScratchServer } from './scratch-server.js';

interface Flags {
  scratchUrl?: string;
  json?: boolean;
}

export async function showDrift({ scratchUrl, json = false }: Flags): Promise<void> {
  const connection = { ...readMigrationConnection(), application_name: 'rowhouse drift' };
  const folder = await readFolder(migrationsFolder());
  await withScratchServer(scratchUrl, connection, async (scratch) => {
    const report = await drift(connection, folder, scratch.connection);
    if (json) console.log(JSON.stringify(report, null, 2));
    else print(report, scratch.warning);
    if (report.differences.some(isDrift)) process.exitCode = ExitCode.PENDING;
  });
}

function print({ applied, pending, edited, differences }: DriftReport, warning: string | undefined): void {
  if (warning) console.log(`Warning: ${warning}`);
  if (edited.length > 0)
    console.log(
      `Warning: changed since they were applied, and replayed as they are now: ${edited.join(', ')}`,
    );
  const drifted = differences.filter(isDrift);
  for (const { text } of drifted) console.log(`- ${text}`);
  for (const { text } of differences.filter((each) => !isDrift(each))) console.log(`  (no drift: ${text})`);
  const rest = pending.length > 0 ? `; ${pending.length} pending and not counted` : '';
  if (drifted.length === 0) {
    console.log(`no drift: the database is what its ${applied.length} applied steps make${rest}`);
    return;
  }
  console.log(
    `${drifted.length} ${drifted.length === 1 ? 'difference' : 'differences'} from what its ${applied.length} applied steps make${rest}\n` +
      'To mend it: what is wanted belongs into a step ("npm run db:generate -- --custom"); undo the rest in the database.',
  );
}
