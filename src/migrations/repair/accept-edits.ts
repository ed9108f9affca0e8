import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientConfig } from 'pg';
import { type FolderContent, fileOf } from '../folder/folder-content.js';
import { readFolder } from '../folder/read-folder.js';
import { firstWrongSum, sumsOf } from '../folder/sums.js';
import { readLedgers } from '../ledger/read-ledgers.js';
import { type Problem, stepProblems } from '../plan/problems.js';
import { statusOf, type StepStatus } from '../plan/step-status.js';
import { inTransaction, type RunQuery } from '../run-query.js';
import { type LockOptions, withMigrationLock } from '../run/lock.js';
import { withMigrationSession } from '../run/open-session.js';
import { contentDigest } from '../sql/content-digest.js';
import { loadParser } from '../sql/parser.js';

/** What `db:repair` found. */
export interface Repair {
  /** Applied steps whose edit changed only comments and white space: the ledgers hold their new sums. */
  accepted: string[];
  /** Interrupted steps, with how far they came. */
  interrupted: { tag: string; done: number; total: number }[];
  /** Edited steps that say something else now. */
  problems: Problem[];
}

/**
 * Lets the ledgers, and `meta/_sum`, agree with edits of applied steps that change nothing PostgreSQL reads. Others stay
 * refused.
 */
export async function acceptEdits(
  connection: ClientConfig,
  path: string,
  options: LockOptions = {},
): Promise<Repair> {
  const folder = await readFolder(path);
  await loadParser();
  return withMigrationSession(connection, ({ query, ...session }) =>
    withMigrationLock({ query, ...session }, options, async () => {
      const statuses = statusOf(folder, await readLedgers(query));
      const edited = statuses.filter(({ state }) => state === 'edited');
      const harmless = edited.filter((status) => isHarmless(folder, status));
      await inTransaction(query, async () => {
        for (const status of harmless) await noteSums(query, folder, status);
      });
      const accepted = harmless.map(({ tag }) => tag);
      await renewSums(folder, harmless);
      return {
        accepted,
        interrupted: statuses.flatMap(({ tag, state, row }) =>
          state === 'interrupted' && row
            ? [{ tag, done: row.statementsDone, total: row.statementsTotal }]
            : [],
        ),
        problems: edited
          .filter((status) => !harmless.includes(status))
          .flatMap((status) => stepProblems(folder, status).map((problem) => meant(problem, status))),
      };
    }),
  );
}

/** A row without a digest was written when the text was not there to be read. */
function isHarmless(folder: FolderContent, { tag, row }: StepStatus): boolean {
  const file = fileOf(folder, tag);
  return file !== undefined && row?.contentSha256 === contentDigest(file.text);
}

async function noteSums(query: RunQuery, folder: FolderContent, { tag, entry }: StepStatus): Promise<void> {
  const file = fileOf(folder, tag);
  await query('UPDATE rowhouse.migrations SET sha256 = $2 WHERE tag = $1', [tag, file?.sha256]);
  await query('UPDATE drizzle.__drizzle_migrations SET hash = $1 WHERE created_at = $2', [
    file?.drizzleHash,
    entry?.when,
  ]);
}

/** Only where nothing else was changed: with these files as they were applied, the sums must agree. */
async function renewSums(folder: FolderContent, harmless: StepStatus[]): Promise<void> {
  if (folder.sums === undefined || harmless.length === 0) return;
  const files = new Map(folder.files);
  for (const { tag, row } of harmless) {
    const file = fileOf(folder, tag);
    if (file && row) files.set(file.name, { ...file, sha256: row.sha256 });
  }
  if (!firstWrongSum({ ...folder, files }))
    await writeFile(join(folder.path, 'meta', '_sum'), sumsOf(folder));
}

const meant = (problem: Problem, { tag, row }: StepStatus): Problem => ({
  ...problem,
  message: row?.contentSha256
    ? `${tag}.sql says something else than what was applied, not only in comments and white space`
    : `${tag}.sql was changed, and nobody can tell how much: the ledger holds no digest of its content`,
  remedy: `restore it ("git log -p -- drizzle/${tag}.sql" shows the change), and put what is meant into a new step ("npm run db:generate")`,
});
