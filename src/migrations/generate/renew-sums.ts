import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode } from '../exit-code.js';
import type { FolderContent } from '../folder/folder-content.js';
import { mergeBase } from '../folder/merge-base.js';
import { readFolder } from '../folder/read-folder.js';
import { firstWrongSum, sumsOf } from '../folder/sums.js';
import { MigrationError } from '../migration-error.js';

const SUMS = join('meta', '_sum');

/**
 * Writes `meta/_sum` for the steps as they are now. A step of one's own branch may be edited until it is merged.
 * @throws MigrationError (INTEGRITY) where a merged one was, which may be applied somewhere already.
 */
export async function renewSums(path: string): Promise<void> {
  const folder = await readFolder(path);
  await refuseMergedEdits(folder);
  await writeFile(join(path, SUMS), sumsOf(folder));
}

/** @throws as `renewSums()`, which this is the first half of. */
export async function refuseMergedEdits(folder: FolderContent): Promise<void> {
  const base = await mergeBase(folder.path);
  const merged = base ? await base.read(SUMS) : withoutNewest(folder);
  if (merged === undefined || sumsOf(folder).startsWith(merged)) return;
  const wrong = firstWrongSum({ ...folder, sums: merged }) ?? SUMS;
  throw new MigrationError(ExitCode.INTEGRITY, `${wrong} was changed after it had been merged`, {
    file: wrong,
    detail: 'It may be applied somewhere: a step is never edited afterwards, and none is put before it.',
    remedy: base
      ? `"git checkout ${base.commit.slice(0, 12)} -- drizzle/${wrong}" brings it back; put the change into a new step ("npm run db:generate -- --custom --name ...")`
      : 'bring it back as it was, and put the change into a new step ("npm run db:generate -- --custom --name ...")',
  });
}

/** Without git nobody knows what is merged: only the newest step may be under work. */
function withoutNewest({ sums, journal }: FolderContent): string | undefined {
  const newest = journal?.at(-1)?.tag;
  const lines = sums?.split('\n');
  const end = lines?.findIndex((line) => newest !== undefined && line.includes(` ${newest}.`)) ?? -1;
  return end < 0
    ? sums
    : lines
        ?.slice(0, end)
        .map((line) => `${line}\n`)
        .join('');
}
