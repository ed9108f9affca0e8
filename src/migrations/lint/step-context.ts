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
  const after = snapshotOf(folder, entry);
  const events = lifeEvents(sql.statements);
  return {
    tag: entry.tag,
    file,
    sql,
    before,
    after,
    isTransactional: !named.has('no-transaction'),
    isData: named.has('data'),
    newTables: new NewTables(before, after).follow(events).names,
    shortLived: shortLived(events, before),
    folder,
  };
}

/** The step as each statement finds it: only what was created before it is new. */
export function* statementViews(step: StepContext): Generator<{ statement: Statement; view: StepContext }> {
  const tables = new NewTables(step.before, step.after);
  for (const statement of step.sql.statements) {
    const events = lifeEvents([statement]);
    // A DO block may use a table that it creates itself.
    if (statement.nested.length > 0) tables.follow(events);
    yield { statement, view: { ...step, newTables: tables.names } };
    if (statement.nested.length === 0) tables.follow(events);
  }
}

/** Follows the statements of a step; `names` is a new set after each change, so that an earlier view keeps its own. */
class NewTables {
  names: ReadonlySet<string> = new Set();
  private readonly dropped = new Set<string>();

  constructor(
    private readonly before: Snapshot,
    private readonly after: Snapshot | undefined,
  ) {}

  follow(events: LifeEvent[]): this {
    for (const { change, object, to, isUncertain } of events) {
      const name = tableOf(object);
      if (!name) continue;
      // CREATE TABLE IF NOT EXISTS of a table that is there already creates nothing, unless it was dropped just before. Of
      // a table that no snapshot knows nobody can say.
      const isKnown = !isUncertain || this.after?.tables[name] !== undefined;
      const isNew = change === 'create' && ((isKnown && !this.before.tables[name]) || this.dropped.has(name));
      if (isNew) this.names = new Set([...this.names, name]);
      if (change === 'drop') this.dropped.add(name);
      if (change === 'create' || !this.names.has(name)) continue;
      const kept = [...this.names].filter((each) => each !== name);
      this.names = new Set(change === 'rename' ? [...kept, tableOf(to ?? '') ?? ''] : kept);
    }
    return this;
  }
}

/** Certainly created first and dropped later; what is dropped first was there before. */
function shortLived(events: LifeEvent[], before: Snapshot): Set<string> {
  const created = new Set<string>();
  const seen = new Set<string>();
  const both = new Set<string>();
  for (const { change, object, to, isUncertain } of events) {
    if (change === 'create' && !isUncertain && !seen.has(object) && !isIn(before, object))
      created.add(object);
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
