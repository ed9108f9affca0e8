import type { Fixture } from '../../fixture.js';
import { withFile, withoutFile } from './change-folder.js';

const conflict = `<<<<<<< HEAD
ALTER TABLE notes ADD COLUMN title text;
=======
ALTER TABLE notes ADD COLUMN heading text;
>>>>>>> theirs
`;

export const readableFixtures: readonly Fixture[] = [
  {
    rule: 'unparseable-sql',
    name: 'says where PostgreSQL stops reading',
    sql: 'CREATE TABLE "täble" (id uuid);\nALTER TABL orders ADD COLUMN note text;',
    finds: [{ message: 'syntax error at or near "TABL"', line: 2, column: 7 }],
  },
  {
    rule: 'unparseable-sql',
    name: 'reads files for the way back too',
    change: (folder) => withFile(folder, '0002_notes.down.sql', 'DROP TABEL notes;'),
    finds: [{ file: '0002_notes.down.sql', line: 1, column: 6 }],
  },
  {
    rule: 'unparseable-sql',
    name: 'names characters that an editor does not show',
    change: (folder) =>
      withFile(
        withFile(folder, '0001_orders.sql', '\uFEFFSELECT 1;'),
        '0002_notes.sql',
        'SELECT 1;\0 DROP TABLE a;',
      ),
    finds: [
      { file: '0001_orders.sql', message: 'byte order mark' },
      { file: '0002_notes.sql', message: 'NUL', column: 10 },
    ],
  },
  {
    rule: 'unparseable-sql',
    name: 'leaves alone a file of comments, functions and all that PostgreSQL reads',
    sql: `-- nothing to do\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;`,
    finds: [],
  },
  {
    rule: 'conflict-markers',
    name: 'names the line of the first marker',
    sql: `-- ours and theirs\n${conflict}`,
    finds: [{ file: '0001_step.sql', message: '<<<<<<< HEAD', line: 2, column: 1 }],
  },
  {
    rule: 'conflict-markers',
    name: 'looks into the sums',
    change: (folder) => ({ ...folder, sums: `${folder.sums}${conflict}` }),
    finds: [{ file: 'meta/_sum', line: 5 }],
  },
  {
    rule: 'conflict-markers',
    name: 'leaves alone a line of equal signs',
    sql: '-- =======\nSELECT 1;',
    finds: [],
  },
  {
    rule: 'journal-unreadable',
    name: 'tells what is wrong with the journal',
    change: (folder) => ({
      ...folder,
      journal: undefined,
      journalProblem: 'meta/_journal.json holds conflict markers (line 12)',
    }),
    finds: [{ message: 'line 12' }],
  },
  {
    rule: 'journal-unreadable',
    name: 'leaves alone a journal that can be read',
    change: (folder) => folder,
    finds: [],
  },
  {
    rule: 'snapshot-unreadable',
    name: 'names the snapshot',
    change: (folder) => ({
      ...folder,
      snapshots: [...folder.snapshots.slice(0, 2), { name: '0002_snapshot.json', snapshot: undefined }],
    }),
    finds: [{ file: 'meta/0002_snapshot.json' }],
  },
  {
    rule: 'snapshot-unreadable',
    name: 'leaves alone snapshots that can be read',
    change: (folder) => withoutFile(folder, '0002_notes.sql'),
    finds: [],
  },
];
