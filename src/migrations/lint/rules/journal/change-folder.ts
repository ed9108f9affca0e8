import type { FolderContent, JournalEntry } from '../../../folder/folder-content.js';

/** Folders of fixtures: the sound one, changed in one way. Sums of changed files are only labels here. */
export function withFile(folder: FolderContent, name: string, text: string): FolderContent {
  const sum = `changed-${text.length}`;
  const file = { name, text, sha256: sum, drizzleHash: sum, hasCarriageReturns: text.includes('\r') };
  return { ...folder, files: new Map([...folder.files, [name, file]]) };
}

export function withoutFile(folder: FolderContent, name: string): FolderContent {
  return { ...folder, files: new Map([...folder.files].filter(([key]) => key !== name)) };
}

/** `change` gets each entry and its index. */
export const withJournal = (
  folder: FolderContent,
  change: (entry: JournalEntry, index: number) => JournalEntry[],
): FolderContent => ({ ...folder, journal: (folder.journal ?? []).flatMap(change) });
