import { type FolderContent, fileOf, type JournalEntry } from '../folder/folder-content.js';
import type { Snapshot } from '../folder/snapshot.js';
import type { StepBack } from './plan-rollback.js';

/**
 * Pure: the folder as the linter must see a rollback file: as a step of its own that meets the schema which its step has
 * made. Without that schema nobody could tell what a type narrows. No `startAfter`: that speaks of steps long applied.
 */
export function asStep(folder: FolderContent, { step, down }: StepBack): FolderContent {
  const journal = folder.journal ?? [];
  const index = journal.findIndex(({ tag }) => tag === step.tag);
  const entry = journal[index];
  const met = snapshotAfter(folder, journal.slice(0, index + 1));
  const { startAfter: _, ...settings } = folder.settings;
  return {
    ...folder,
    journal: entry ? [{ ...entry, tag: 'met' }, entry] : [],
    files: new Map([[`${step.tag}.sql`, down]]),
    snapshots: met ? [{ name: snapshotName('met'), snapshot: met }] : [],
    settings,
  };
}

/** Of the newest of these steps that has one; drizzle-kit names it by what stands before the first underscore. */
function snapshotAfter(folder: FolderContent, entries: JournalEntry[]): Snapshot | undefined {
  const names = entries.filter(({ tag }) => fileOf(folder, tag)).map(({ tag }) => snapshotName(tag));
  return names
    .toReversed()
    .map((name) => folder.snapshots.find((file) => file.name === name)?.snapshot)
    .find((snapshot) => snapshot !== undefined);
}

const snapshotName = (tag: string) => `${tag.split('_')[0]}_snapshot.json`;
