import type { FolderContent } from '../../../folder/folder-content.js';
import type { Snapshot } from '../../../folder/snapshot.js';
import type { Fixture } from '../../fixture.js';

const without = (folder: FolderContent, snapshot: string): FolderContent => ({
  ...folder,
  snapshots: folder.snapshots.filter(({ name }) => name !== snapshot),
});

const lastWith = (folder: FolderContent, change: Partial<Snapshot>): FolderContent => ({
  ...folder,
  snapshots: folder.snapshots.map(({ name, snapshot }, index) => ({
    name,
    snapshot: snapshot && index === 2 ? { ...snapshot, ...change } : snapshot,
  })),
});

const sound = (folder: FolderContent) => folder;

export const snapshotsFixtures: readonly Fixture[] = [
  {
    rule: 'snapshot-missing',
    name: 'is an error where it is the last one',
    change: (folder) => without(folder, '0002_snapshot.json'),
    finds: [{ object: '0002_notes', severity: 'error' }],
  },
  {
    rule: 'snapshot-missing',
    name: 'is a warning where it is an older one',
    change: (folder) => without(folder, '0001_snapshot.json'),
    finds: [{ object: '0001_orders', severity: 'warning' }],
  },
  { rule: 'snapshot-missing', name: 'leaves alone a whole folder', change: sound, finds: [] },
  {
    rule: 'snapshot-collision',
    name: 'finds two with the same parent',
    change: (folder) => lastWith(folder, { prevId: 'id-of-0000_customers' }),
    finds: [{ file: 'meta/0002_snapshot.json', message: 'same parent' }],
  },
  {
    rule: 'snapshot-collision',
    name: 'finds two with the same id',
    change: (folder) => lastWith(folder, { id: 'id-of-0001_orders' }),
    finds: [{ message: 'same id' }],
  },
  { rule: 'snapshot-collision', name: 'leaves alone a chain', change: sound, finds: [] },
  {
    rule: 'snapshot-dangling',
    name: 'names the snapshot that lost its parent',
    change: (folder) => lastWith(folder, { prevId: 'gone' }),
    finds: [{ object: '0002_notes', message: 'gone' }],
  },
  {
    rule: 'snapshot-dangling',
    name: 'says nothing twice where the parent is missing',
    change: (folder) => without(folder, '0001_snapshot.json'),
    finds: [],
  },
  {
    rule: 'schema-drift',
    name: 'tells each statement that no step holds',
    change: sound,
    schemaDrift: ['ALTER TABLE "notes" ADD COLUMN "title" text;'],
    finds: [{ message: 'ADD COLUMN "title"' }],
  },
  {
    rule: 'schema-drift',
    name: 'leaves alone a schema that is equal',
    change: sound,
    schemaDrift: [],
    finds: [],
  },
];
