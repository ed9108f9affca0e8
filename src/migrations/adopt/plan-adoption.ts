import { type FolderContent, fileOf, type JournalEntry } from '../folder/folder-content.js';
import type { DrizzleLedgerRow } from '../ledger/ledger.js';
import type { Ledgers } from '../ledger/read-ledgers.js';
import { hasBegun } from '../plan/step-status.js';

/** What drizzle's ledger says of the steps of the folder. */
export interface AdoptionPlan {
  /** Applied by drizzle from just this file, and unknown to our ledger. */
  matched: string[];
  /** Applied by drizzle at the journal's `when`, from a file that has been changed since. */
  edited: string[];
  /** Rows that are no step of the folder. */
  unmatched: DrizzleLedgerRow[];
  /** Applied more than once: two of drizzle's migrators ran at the same time. */
  repeated: string[];
  /** Never applied, though a later step is: drizzle skips a step that is merged late, without a word. */
  skipped: string[];
}

/** Pure. A row is known by the hash of its file, otherwise by its time. */
export function planAdoption(folder: FolderContent, { own, drizzle }: Ledgers): AdoptionPlan {
  const journal = folder.journal ?? [];
  const matches = drizzle.map((row) => ({ row, ...stepOf(folder, journal, row) }));
  const tags = matches.flatMap(({ tag }) => tag ?? []);
  const recorded = new Set(own?.filter(hasBegun).map(({ tag }) => tag));
  const applied = new Set([...tags, ...recorded]);
  const last = journal.findLastIndex(({ tag }) => applied.has(tag));
  const fresh = (isExact: boolean) =>
    journal
      .map(({ tag }) => tag)
      .filter((tag) => !recorded.has(tag))
      .filter((tag) => {
        const ofStep = matches.filter((match) => match.tag === tag);
        return ofStep.length > 0 && ofStep.some((match) => match.isExact) === isExact;
      });
  return {
    matched: fresh(true),
    edited: fresh(false),
    unmatched: matches.filter(({ tag }) => tag === undefined).map(({ row }) => row),
    repeated: [...new Set(tags.filter((tag, index) => tags.indexOf(tag) !== index))],
    skipped: journal
      .slice(0, Math.max(last, 0))
      .map(({ tag }) => tag)
      .filter((tag) => !applied.has(tag)),
  };
}

/** Two files may hold the same text: then the time decides. */
function stepOf(
  folder: FolderContent,
  journal: JournalEntry[],
  { hash, createdAt }: DrizzleLedgerRow,
): { tag?: string; isExact: boolean } {
  const byHash = journal.filter(({ tag }) => {
    const file = fileOf(folder, tag);
    // Also the sum with LF line ends: the file may have been checked out with others.
    return file && (file.drizzleHash === hash || file.sha256 === hash);
  });
  const byTime = journal.find(({ when }) => when === createdAt);
  const exact = byHash.find((entry) => entry === byTime) ?? byHash[0];
  const entry = exact ?? byTime;
  return { ...(entry && { tag: entry.tag }), isExact: exact !== undefined };
}
