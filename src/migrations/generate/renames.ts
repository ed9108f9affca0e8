import type { Snapshot, SnapshotTable } from '../folder/snapshot.js';
import { type WholeSnapshot, askedAbout } from './differences.js';

/** Something is gone and something is new: only a person can tell whether it is the same thing with another name. */
export interface PossibleRename {
  kind: 'table' | 'column' | 'enum';
  /** The table of a column. */
  table?: string;
  from: string;
  to: string;
}

/** As it is written on the command line: `notes:memos`, `notes.title:heading`. */
export const renameText = ({ table, from, to }: PossibleRename): string =>
  `${table === undefined ? '' : `${table}.`}${from}:${to}`;

/** All pairs that could be a rename, tables first. Columns of a table count once its own name is settled. */
export function possibleRenames(before: Snapshot, after: Snapshot): PossibleRename[] {
  const columns = Object.entries(after.tables).flatMap(([key, table]) =>
    pairs(before.tables[key]?.columns, table.columns).map(([from, to]) => ({
      kind: 'column' as const,
      table: nameOf(key),
      from,
      to,
    })),
  );
  const named = (kind: 'table' | 'enum', part: 'tables' | 'enums') =>
    pairs(before[part], after[part]).map(([from, to]) => ({ kind, from: nameOf(from), to: nameOf(to) }));
  return [...named('table', 'tables'), ...named('enum', 'enums'), ...columns];
}

/** Kinds with something gone and something new that cannot be renamed here: they are dropped and created. */
export const replacedKinds = (before: WholeSnapshot, after: WholeSnapshot): string[] =>
  askedAbout.filter(
    (part) => part !== 'tables' && part !== 'enums' && pairs(before[part], after[part]).length > 0,
  );

/** Every new one with every one that is gone; none where nothing was there before. */
function pairs(before: Record<string, unknown> = {}, after: Record<string, unknown> = {}) {
  const gone = Object.keys(before).filter((key) => !(key in after));
  const added = Object.keys(after).filter((key) => !(key in before));
  return added.flatMap((to) => gone.map((from) => [from, to] as const));
}

/** Keys are `schema.name`. */
const nameOf = (key: string) => key.replace(/^public\./, '');
const keyOf = (name: string) => (name.includes('.') ? name : `public.${name}`);
const bare = (name: string) => name.slice(name.lastIndexOf('.') + 1);
const quoted = (name: string) =>
  keyOf(name)
    .replace(/^public\./, '')
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');

export function renameStatement({ kind, table, from, to }: PossibleRename): string {
  if (kind === 'column') return `ALTER TABLE ${quoted(table ?? '')} RENAME COLUMN "${from}" TO "${to}";`;
  return `ALTER ${kind === 'enum' ? 'TYPE' : 'TABLE'} ${quoted(from)} RENAME TO "${bare(to)}";`;
}

export const reversed = (rename: PossibleRename): PossibleRename => ({
  ...rename,
  from: rename.to,
  to: rename.from,
});

/** The snapshot after the rename alone, so that what is left to do can be told by comparing. */
export function applyRename<S extends Snapshot>(snapshot: S, { kind, table, from, to }: PossibleRename): S {
  const result = structuredClone(snapshot);
  if (kind === 'enum') {
    moveKey(result.enums, keyOf(from), keyOf(to), (type) => (type.name = bare(to)));
    for (const { columns } of Object.values(result.tables))
      for (const column of Object.values(columns)) if (column.type === bare(from)) column.type = bare(to);
    return result;
  }
  if (kind === 'table') {
    moveKey(result.tables, keyOf(from), keyOf(to), (moved) => {
      moved.name = bare(to);
      inExpressions(moved, `"${bare(from)}".`, `"${bare(to)}".`);
    });
    for (const { foreignKeys } of Object.values(result.tables)) {
      for (const key of Object.values(foreignKeys)) {
        if (key.tableTo === bare(from)) key.tableTo = bare(to);
        if (key.tableFrom === bare(from)) key.tableFrom = bare(to);
      }
    }
    return result;
  }
  const owner = result.tables[keyOf(table ?? '')];
  if (owner) renameColumn(owner, from, to);
  for (const { foreignKeys } of Object.values(result.tables))
    for (const key of Object.values(foreignKeys))
      if (key.tableTo === owner?.name) key.columnsTo = replaced(key.columnsTo, from, to);
  return result;
}

function renameColumn(table: SnapshotTable, from: string, to: string): void {
  moveKey(table.columns, from, to, (column) => (column.name = to));
  for (const { columns } of Object.values(table.indexes))
    for (const column of columns)
      if (!column.isExpression && column.expression === from) column.expression = to;
  for (const part of [table.compositePrimaryKeys, table.uniqueConstraints])
    for (const constraint of Object.values(part)) constraint.columns = replaced(constraint.columns, from, to);
  for (const key of Object.values(table.foreignKeys)) key.columnsFrom = replaced(key.columnsFrom, from, to);
  inExpressions(table, `"${from}"`, `"${to}"`);
}

/** PostgreSQL follows a rename inside expressions by itself, so they must not count as changed. */
function inExpressions(table: SnapshotTable, from: string, to: string): void {
  for (const check of Object.values(table.checkConstraints)) check.value = check.value.replaceAll(from, to);
  for (const index of Object.values(table.indexes) as { where?: string; columns: Expression[] }[]) {
    if (index.where !== undefined) index.where = index.where.replaceAll(from, to);
    for (const column of index.columns)
      if (column.isExpression) column.expression = column.expression.replaceAll(from, to);
  }
}

interface Expression {
  expression: string;
  isExpression: boolean;
}

/** In its place, since the order of columns is part of a snapshot. */
function moveKey<V>(record: Record<string, V>, from: string, to: string, change: (value: V) => void): void {
  const entries = Object.entries(record);
  for (const key of Object.keys(record)) delete record[key];
  for (const [key, value] of entries) {
    if (key === from) change(value);
    record[key === from ? to : key] = value;
  }
}

const replaced = (names: string[], from: string, to: string) =>
  names.map((name) => (name === from ? to : name));
