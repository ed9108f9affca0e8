import type { ClientConfig } from 'pg';
import { withClient } from '../client.js';
import { ExitCode } from '../exit-code.js';
import { readFolder } from '../folder/read-folder.js';
import { type RenameAnswers, decideRenames } from '../generate/decide-renames.js';
import { differences } from '../generate/differences.js';
import { snapshotOf } from '../generate/generate.js';
import { loadKit } from '../generate/kit.js';
import { renameStatement } from '../generate/renames.js';
import { securityOf } from '../generate/security.js';
import { lastState } from '../generate/usable-folder.js';
import { handOver } from '../ledger/write-ledger.js';
import { MigrationError } from '../migration-error.js';
import { type RunQuery, queryOf } from '../run-query.js';
import type { Invariants } from '../run/options.js';
import { migrationStatus } from '../status.js';
import { markPushed, pushedSnapshot } from './pushed.js';

export interface PushOptions extends RenameAnswers {
  /** Of the steps the database has. */
  folder: string;
  /** What must hold afterwards. */
  invariants: Invariants;
}

/**
 * Brings a migrated, disposable database to what `schema` (the exports of the schema files) says, without a step: for
 * trying things out. New tenant tables get their row security. All or nothing; afterwards db:migrate refuses this database.
 * Compared is the snapshot of the last step or push: drizzle-kit's own reading of a database (`pushSchema`, 0.31.11) fails
 * on every composite primary key, and would drop the policies.
 * @returns the statements that were run.
 * @throws MigrationError (PENDING) where steps are not applied yet, (ISOLATION_BROKEN) where the invariants do not hold
 * afterwards, (USAGE) where only a person could tell what was renamed; pg's errors.
 */
export async function pushSchema(
  connection: ClientConfig,
  schema: Record<string, unknown>,
  { folder, invariants, ...answers }: PushOptions,
): Promise<string[]> {
  return withClient(connection, async (client) => {
    const query = queryOf(client);
    await query('SET row_security = off');
    await query('BEGIN');
    const kit = loadKit();
    const before = (await pushedSnapshot(query)) ?? (await migratedSnapshot(query, folder));
    const after = await snapshotOf(kit, schema);
    const { renames, renamed } = await decideRenames(before, after, answers);
    const { securityBlock } = await import('../../database/schema.js');
    const statements = [
      ...renames.map(renameStatement),
      ...(await differences(kit, renamed, after)),
      ...securityOf(renamed, after, securityBlock).map((statement) => `${statement};`),
    ];
    for (const statement of statements) await query(statement);
    if (statements.length > 0) await markPushed(query, after);
    await handOver(query);
    const broken = await invariants(query);
    if (broken.length > 0)
      throw new MigrationError(ExitCode.ISOLATION_BROKEN, broken.join('\n'), {
        detail: 'Nothing was changed.',
      });
    await query('COMMIT');
    return statements;
  });
}

async function migratedSnapshot(query: RunQuery, folder: string) {
  const { pending } = await migrationStatus(query, folder);
  if (pending.length === 0) return lastState(await readFolder(folder), new Date()).snapshot;
  throw new MigrationError(ExitCode.PENDING, `Not applied yet: ${pending.join(', ')}`, {
    detail: 'What is pushed comes on top of the steps. Nothing was changed.',
    remedy: 'npm run db:migrate',
  });
}
