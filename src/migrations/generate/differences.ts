import type { Snapshot, SnapshotTable } from '../folder/snapshot.js';
import { type SchemaKit, withoutExit } from './kit.js';

/** Of the parts of a snapshot, those whose entries drizzle-kit asks about when one is gone and another is new. */
export const askedAbout = ['tables', 'enums', 'schemas', 'sequences', 'roles', 'policies', 'views'] as const;
export type AskedAbout = (typeof askedAbout)[number];
/** A snapshot with the parts that this room only passes on. */
export type WholeSnapshot = Snapshot & Partial<Record<AskedAbout, Record<string, unknown>>>;

/**
 * The statements from one snapshot to the other where nothing was renamed: what is new is created, then what is gone is
 * dropped. By way of a snapshot that holds both, so that drizzle-kit has no question to ask.
 */
export async function differences(
  kit: SchemaKit,
  before: WholeSnapshot,
  after: WholeSnapshot,
): Promise<string[]> {
  const both = union(before, after);
  return withoutExit(async () => [
    ...(await kit.generateMigration(before, both)),
    ...(await kit.generateMigration(both, after)),
  ]);
}

function union(before: WholeSnapshot, after: WholeSnapshot): WholeSnapshot {
  const parts = askedAbout.map((part) => [part, { ...before[part], ...after[part] }] as const);
  const tables = Object.entries({ ...before.tables, ...after.tables }).map(([key, table]) => {
    const [old, now] = [before.tables[key], after.tables[key]];
    return [key, old && now ? unionOfTables(old, now) : table] as const;
  });
  return { ...after, ...Object.fromEntries(parts), tables: Object.fromEntries(tables) };
}

const unionOfTables = (before: SnapshotTable, after: SnapshotTable): SnapshotTable => ({
  ...after,
  columns: { ...before.columns, ...after.columns },
  policies: { ...before.policies, ...after.policies },
});
