import {
  type FolderContent,
  fileOf,
  isRollbackFile,
  type JournalEntry,
  type SqlFile,
} from '../folder/folder-content.js';
import { type DrizzleLedgerRow, isInSchema, type LedgerRow } from '../ledger/ledger.js';
import type { Ledgers } from '../ledger/read-ledgers.js';

/**
 * What is true of a step. `edited`: applied, and the file is another now. `missing`: in the journal without a file.
 * `orphan`: a file without a line in the journal. `out of order`: not applied, though a later one is. `unknown`: in the
 * database and not in the code. `unrecorded`: drizzle's migrator applied it, and our ledger does not know.
 */
export type StepState =
  | 'applied'
  | 'baseline'
  | 'pending'
  | 'interrupted'
  | 'failed'
  | 'rolled back'
  | 'edited'
  | 'missing'
  | 'orphan'
  | 'out of order'
  | 'unknown'
  | 'unrecorded';

export interface StepStatus {
  tag: string;
  state: StepState;
  entry?: JournalEntry;
  row?: LedgerRow;
}

/** Every step of the code or of the database: the journal's in its order, then what the journal does not know. */
export function statusOf(folder: FolderContent, { own, drizzle }: Ledgers): StepStatus[] {
  const journal = folder.journal ?? [];
  const rows = new Map((own ?? []).map((row) => [row.tag, row]));
  const isAccountedFor = (each: DrizzleLedgerRow) =>
    journal.some((entry) => isRowOf(each, entry, rows.get(entry.tag), fileOf(folder, entry.tag)));
  const spare = drizzle.filter((each) => !isAccountedFor(each));
  const known = journal.map((entry): StepStatus => {
    const row = rows.get(entry.tag);
    return { tag: entry.tag, entry, ...(row && { row }), state: stateOf(folder, entry, row, spare) };
  });
  // Also a step that is half done counts: what stands before it would change what it found.
  const lastBegun = known.findLastIndex(({ row }) => row && hasBegun(row));
  return [
    ...known.map((status, index) =>
      index < lastBegun && isWaiting(status) ? { ...status, state: 'out of order' as const } : status,
    ),
    ...unknownSteps(folder, { own, drizzle }),
    ...orphans(folder),
  ];
}

function stateOf(
  folder: FolderContent,
  { tag, when }: JournalEntry,
  row: LedgerRow | undefined,
  drizzle: Ledgers['drizzle'],
): StepState {
  const file = fileOf(folder, tag);
  if (!file) return 'missing';
  if (row && isInSchema(row.state)) {
    if (row.sha256 !== file.sha256) return 'edited';
    return row.state === 'baseline' ? 'baseline' : 'applied';
  }
  if (row?.state === 'running') return 'interrupted';
  if (drizzle.some(({ hash, createdAt }) => hash === file.drizzleHash || createdAt === when))
    return 'unrecorded';
  if (row?.state === 'failed') return 'failed';
  return row?.state === 'rolled_back' ? 'rolled back' : 'pending';
}

/** Two steps may hold the same text, or have one `when`: what our ledger accounts for tells nothing of another step. */
const isRowOf = (
  { hash, createdAt }: DrizzleLedgerRow,
  { when }: JournalEntry,
  row: LedgerRow | undefined,
  file: SqlFile | undefined,
) =>
  row !== undefined &&
  isInSchema(row.state) &&
  createdAt === when &&
  (hash === row.sha256 || hash === file?.drizzleHash);

/** Something of it is in the schema. */
export const hasBegun = ({ state, statementsDone }: LedgerRow): boolean =>
  isInSchema(state) || state === 'running' || (state === 'failed' && statementsDone > 0);

const isWaiting = ({ state, row }: StepStatus) =>
  state === 'pending' || state === 'rolled back' || (state === 'failed' && row?.statementsDone === 0);

function unknownSteps({ journal = [], files }: FolderContent, { own, drizzle }: Ledgers): StepStatus[] {
  const tags = new Set(journal.map(({ tag }) => tag));
  const unknown = (own ?? []).filter((row) => !tags.has(row.tag) && hasBegun(row));
  // drizzle knows no tags: a row of its ledger is known by the hash, or by `when` where the file was edited since.
  const hashes = new Set([...files.values()].map(({ drizzleHash }) => drizzleHash));
  for (const { sha256 } of own ?? []) hashes.add(sha256);
  const whens = new Set(journal.map(({ when }) => when));
  const foreign = drizzle.filter(({ hash, createdAt }) => !hashes.has(hash) && !whens.has(createdAt));
  return [
    ...unknown.map((row) => ({ tag: row.tag, row, state: 'unknown' as const })),
    ...foreign.map(({ hash }) => ({ tag: `drizzle's ${hash.slice(0, 8)}`, state: 'unknown' as const })),
  ];
}

function orphans({ journal = [], files }: FolderContent): StepStatus[] {
  const tags = new Set(journal.map(({ tag }) => tag));
  return [...files.keys()]
    .filter((name) => !isRollbackFile(name))
    .map((name) => name.replace(/\.sql$/, ''))
    .filter((tag) => !tags.has(tag))
    .map((tag) => ({ tag, state: 'orphan' }));
}
