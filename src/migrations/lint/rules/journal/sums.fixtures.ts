import type { FolderContent } from '../../../folder/folder-content.js';
import type { Fixture } from '../../fixture.js';
import { withFile, withJournal, withoutFile } from './change-folder.js';

const added = (folder: FolderContent) =>
  withJournal(withFile(folder, '0003_tags.sql', 'SELECT 1;'), (entry, index) =>
    index === 2 ? [entry, { ...entry, idx: 3, when: entry.when + 1, tag: '0003_tags' }] : [entry],
  );

export const sumsFixtures: readonly Fixture[] = [
  {
    rule: 'edited-after-merge',
    name: 'names the first file that was edited',
    change: (folder) => withFile(folder, '0001_orders.sql', 'CREATE TABLE orders (id int);'),
    finds: [{ file: '0001_orders.sql', message: 'was edited' }],
  },
  {
    rule: 'edited-after-merge',
    name: 'names a file that is gone',
    change: (folder) =>
      withJournal(withoutFile(folder, '0001_orders.sql'), (entry, index) => (index === 1 ? [] : [entry])),
    finds: [{ file: 'meta/_sum', message: '0001_orders.sql has a sum, but is gone' }],
  },
  {
    rule: 'edited-after-merge',
    name: 'names a step that was put before merged ones',
    change: (folder) => ({ ...folder, journal: folder.journal?.toReversed() }),
    finds: [{ file: '0002_notes.sql', message: 'stands where 0000_customers.sql stood' }],
  },
  {
    rule: 'edited-after-merge',
    name: 'says how a new step gets its sum',
    change: added,
    finds: [{ file: '0003_tags.sql', message: 'has no sum yet' }],
  },
  {
    rule: 'edited-after-merge',
    name: 'asks for the sums where there are none',
    change: (folder) => ({ ...folder, sums: undefined }),
    finds: [{ file: 'meta/_sum', message: 'is missing' }],
  },
  {
    rule: 'edited-after-merge',
    name: 'finds a sum file that was cut off or damaged',
    change: (folder) => ({ ...folder, sums: folder.sums?.replace(/[0-9a-f]{8} 0001/, '00000000 0001') }),
    finds: [{ file: '0001_orders.sql' }],
  },
  {
    rule: 'edited-after-merge',
    name: 'leaves alone files that are as they were',
    change: (folder) => folder,
    finds: [],
  },
];
