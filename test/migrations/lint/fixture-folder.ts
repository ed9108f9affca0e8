import { createHash } from 'node:crypto';
import type { FolderContent, SqlFile } from '../../../src/migrations/folder/folder-content.js';
import type { Snapshot } from '../../../src/migrations/folder/snapshot.js';
import { sumsOf } from '../../../src/migrations/folder/sums.js';
import type { Fixture, SqlFixture } from '../../../src/migrations/lint/fixture.js';
import { schemaFromSql } from './schema-from-sql.js';

/** A day on which every fixture is judged. */
export const fixtureDay = new Date('2026-11-21T12:00:00Z');

export interface TestStep {
  tag: string;
  sql: string;
  /** SQL of the schema after the step; undefined: no snapshot. */
  schema?: string | undefined;
}

export function sqlFile(name: string, text: string): SqlFile {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { name, text, sha256, drizzleHash: sha256, hasCarriageReturns: false };
}

/** A sound folder of these steps, an hour between them, with sums. */
export function folderOf(steps: TestStep[], settings: FolderContent['settings'] = {}): FolderContent {
  let prevId = '00000000-0000-0000-0000-000000000000';
  const snapshots = steps.flatMap(({ tag, schema }) => {
    if (schema === undefined) return [];
    const snapshot: Snapshot = { ...schemaFromSql(schema), id: `id-of-${tag}`, prevId };
    prevId = snapshot.id;
    return [{ name: `${tag.split('_')[0]}_snapshot.json`, snapshot }];
  });
  const first = Date.parse('2026-11-01T00:00:00Z');
  const folder: FolderContent = {
    path: '/project/drizzle',
    journal: steps.map(({ tag }, idx) => ({ idx, when: first + idx * 3_600_000, tag, breakpoints: true })),
    files: new Map(steps.map(({ tag, sql }) => [`${tag}.sql`, sqlFile(`${tag}.sql`, sql)])),
    snapshots,
    sums: undefined,
    settings,
  };
  return { ...folder, sums: sumsOf(folder) };
}

const customers = 'CREATE TABLE customers (id uuid PRIMARY KEY, name text NOT NULL);';
const orders = 'CREATE TABLE orders (id uuid PRIMARY KEY, customer_id uuid NOT NULL);';
const notes = 'CREATE TABLE notes (id uuid PRIMARY KEY, body text);';

/** What the fixtures of folders change. */
export const soundFolder = (): FolderContent =>
  folderOf([
    { tag: '0000_customers', sql: customers, schema: customers },
    { tag: '0001_orders', sql: orders, schema: customers + orders },
    { tag: '0002_notes', sql: notes, schema: customers + orders + notes },
  ]);

/** The folder that a fixture speaks of; the step of a SQL fixture is `0001_step`. */
export const fixtureFolder = (fixture: Fixture): FolderContent =>
  'change' in fixture ? fixture.change(soundFolder()) : folderOfSql(fixture);

const folderOfSql = ({ before = '', sql, after, settings }: SqlFixture) =>
  folderOf(
    [
      { tag: '0000_before', sql: before, schema: before },
      { tag: '0001_step', sql, schema: after },
    ],
    { startAfter: '0000_before', ...settings },
  );
