import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode } from '../exit-code.js';
import { type FolderContent, rollbackFileOf } from '../folder/folder-content.js';
import { readFolder } from '../folder/read-folder.js';
import { sumsOf } from '../folder/sums.js';
import { schemaSnapshot } from '../generate/generate.js';
import { MigrationError } from '../migration-error.js';
import { journalTags } from '../replay/steps-named.js';
import { numberOf, planRenumbering, type Renumbered } from './plan-renumbering.js';

/**
 * Sets right what a merge of two branches leaves where each added a step: files, rollback files, snapshots and journal
 * entries of those not applied get the next free numbers, the newest snapshot is written from `schema`, the sums are
 * renewed.
 * @param applied tags that must keep their names.
 * @returns the tags before and after; empty: nothing to do.
 * @throws MigrationError (INTEGRITY) where a step that is applied would have to be renamed.
 */
export async function renumber(
  path: string,
  applied: ReadonlySet<string>,
  schema: () => Promise<Record<string, unknown>>,
): Promise<{ from: string; to: string }[]> {
  const folder = await readFolder(path);
  journalTags(folder);
  const plan = planRenumbering(folder.journal ?? [], applied);
  if (!plan) throw bothApplied();
  const moved = plan.filter(({ from, to }) => from.tag !== to.tag);
  if (moved.length === 0) return [];
  // Before anything is moved: it may fail.
  const newest = await schemaSnapshot(await schema());
  await moveFiles(folder, moved);
  await writeJournal(path, plan);
  await writeNewestSnapshot(path, plan, newest);
  await writeFile(join(path, 'meta', '_sum'), sumsOf(await readFolder(path)));
  return moved.map(({ from, to }) => ({ from: from.tag, to: to.tag }));
}

/** The last one first, so that no file is put where one still stands. */
async function moveFiles(folder: FolderContent, moved: Renumbered[]): Promise<void> {
  const { path, files, snapshots, journal = [] } = folder;
  for (const { from, to } of moved.toReversed()) {
    const ofStep = [...files.keys()].filter(
      // Not by how it begins: that may be another step's.
      (name) => name === `${from.tag}.sql` || name === rollbackFileOf(folder, from.tag)?.name,
    );
    for (const name of ofStep) await rename(join(path, name), join(path, name.replace(from.tag, to.tag)));
    // Of two steps with one number, git has kept one snapshot, and it stays with the other step.
    const isShared = journal.filter(({ tag }) => numberOf(tag) === numberOf(from.tag)).length > 1;
    const snapshot = snapshotName(from.tag);
    if (!isShared && snapshots.some(({ name }) => name === snapshot))
      await rename(join(path, 'meta', snapshot), join(path, 'meta', snapshotName(to.tag)));
  }
}

async function writeJournal(path: string, plan: Renumbered[]): Promise<void> {
  const file = join(path, 'meta', '_journal.json');
  const journal = JSON.parse(await readFile(file, 'utf8')) as object;
  const entries = plan.map(({ to }) => to);
  await writeFile(file, JSON.stringify({ ...journal, entries }, null, 2));
}

/** Each branch's knows nothing of the other's tables. */
async function writeNewestSnapshot(path: string, plan: Renumbered[], snapshot: object): Promise<void> {
  const last = plan.at(-1)?.to.tag ?? '';
  const { snapshots } = await readFolder(path);
  const before = snapshots.filter(({ name }) => numberOf(name) < numberOf(last)).at(-1)?.snapshot;
  const text = { ...snapshot, id: randomUUID(), ...(before && { prevId: before.id }) };
  await writeFile(join(path, 'meta', snapshotName(last)), JSON.stringify(text, null, 2));
}

const snapshotName = (tag: string) => `${tag.split('_')[0]}_snapshot.json`;

const bothApplied = () =>
  new MigrationError(
    ExitCode.INTEGRITY,
    'Two steps with one number are both applied in this database: neither can be renamed',
    {
      detail: 'Nothing was changed. The number itself does no harm: steps are known by their whole names.',
      remedy: 'leave them as they are',
    },
  );
