import { type FolderContent, type JournalEntry, fileOf } from '../folder/folder-content.js';
import { emptySnapshot, type Snapshot } from '../folder/snapshot.js';
import { SqlSyntaxError, type Statement } from '../sql/statement.js';
import { type LifeEvent, lifeEvents } from './lifetimes.js';
import { parsedFile } from './parsed-file.js';
import type { StepContext } from './rule.js';

/** What the rules see of a step; undefined where its file is missing or no SQL, which the journal's rules tell. */
export function stepContext(folder: FolderContent, entry: JournalEntry): StepContext | undefined {
  const file = fileOf(folder, entry.tag);
  const sql = file && parsedFile(file);
  if (!file || !sql || sql instanceof SqlSyntaxError) return undefined;
  const named = new Set(sql.directives.map(({ name }) => name));
  const before = snapshotBefore(folder, entry);
  const events = lifeEvents(sql.statements);
  return {
    tag: entry.tag,
    file,
    sql,
    before,
    after: snapshotOf(folder, entry),
    isTransactional: !named.has('no-transaction'),
    isData: named.has('data'),
    newTables: newTables(events, before),
    shortLived: shortLived(events, before),
    folder,
  };
}

/** The step as a statement finds it: only what was created before it is new. */
export const atStatement = (step: StepContext, { index, nested }: Statement): StepContext => {
  if (step.newTables.size === 0) return step;
  // A DO block may use a table that it creates itself.
  const last = nested.length > 0 ? index : index - 1;
  const events = lifeEvents(step.sql.statements.filter((statement) => statement.index <= last));
  return { ...step, newTables: newTables(events, step.before) };
};

function newTables(events: LifeEvent[], before: Snapshot): Set<string> {
  const tables = new Set<string>();
  for (const { change, object, to } of events) {
    const name = tableOf(object);
    if (!name) continue;
    // CREATE TABLE IF NOT EXISTS of a table that is there already creates nothing, unless it was dropped just before.
    if (change === 'create' && (!before.tables[name] || wasDropped(events, object))) tables.add(name);
    if (change === 'drop') tables.delete(name);
    if (change === 'rename' && tables.delete(name)) tables.add(tableOf(to ?? '') ?? '');
  }
  return tables;
}

const wasDropped = (events: LifeEvent[], object: string) =>
  events.some((event) => event.change === 'drop' && event.object === object);

/** Created first and dropped later; what is dropped first was there before. */
function shortLived(events: LifeEvent[], before: Snapshot): Set<string> {
  const created = new Set<string>();
  const seen = new Set<string>();
  const both = new Set<string>();
  for (const { change, object, to } of events) {
    if (change === 'create' && !seen.has(object) && !isIn(before, object)) created.add(object);
    if (change === 'rename' && created.delete(object)) created.add(to ?? '');
    if (change === 'drop' && created.has(object)) both.add(object);
    seen.add(object);
  }
  return both;
}

const isIn = (before: Snapshot, object: string) => before.tables[tableOf(object) ?? ''] !== undefined;

const tableOf = (object: string): string | undefined =>
  object.startsWith('table ') ? object.slice('table '.length) : undefined;

/** drizzle-kit names a snapshot by what stands before the first underscore of the tag. */
const snapshotName = ({ tag }: JournalEntry) => `${tag.split('_')[0]}_snapshot.json`;

export const snapshotOf = ({ snapshots }: FolderContent, entry: JournalEntry): Snapshot | undefined =>
  snapshots.find(({ name }) => name === snapshotName(entry))?.snapshot;

/** The newest of the steps before. */
function snapshotBefore(folder: FolderContent, entry: JournalEntry): Snapshot {
  const journal = folder.journal ?? [];
  const earlier = journal.slice(0, journal.indexOf(entry)).toReversed();
  for (const each of earlier) {
    const snapshot = snapshotOf(folder, each);
    if (snapshot) return snapshot;
  }
  return emptySnapshot;
}
