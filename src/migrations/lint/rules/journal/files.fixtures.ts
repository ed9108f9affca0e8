import type { Fixture } from '../../fixture.js';
import { withFile, withJournal, withoutFile } from './change-folder.js';

const policy = 'CREATE POLICY floor ON notes AS RESTRICTIVE USING (tenant_id = current_tenant_id());';

export const filesFixtures: readonly Fixture[] = [
  {
    rule: 'orphan-sql',
    name: 'names a file that the journal does not know',
    change: (folder) => withFile(folder, '0003_extra.sql', 'ALTER TABLE notes ADD COLUMN title text;'),
    finds: [{ file: '0003_extra.sql', severity: 'error' }],
  },
  {
    rule: 'orphan-sql',
    name: 'is critical where a wall was never built',
    change: (folder) =>
      withFile(
        withFile(folder, '0003_walls.sql', policy),
        '0004_force.sql',
        'DO $$ BEGIN ALTER TABLE notes FORCE ROW LEVEL SECURITY; END $$;',
      ),
    finds: [
      { file: '0003_walls.sql', severity: 'critical' },
      { file: '0004_force.sql', severity: 'critical' },
    ],
  },
  {
    rule: 'orphan-sql',
    name: 'leaves alone the three names of a way back',
    change: (folder) =>
      ['0000_customers.down.sql', '0001_orders_down.sql', '0002_notes_rollback.sql'].reduce(
        (each, name) => withFile(each, name, 'SELECT 1;'),
        folder,
      ),
    finds: [],
  },
  {
    rule: 'missing-sql',
    name: 'proposes the file with the nearest name',
    change: (folder) => withFile(withoutFile(folder, '0002_notes.sql'), '0002_note.sql', 'SELECT 1;'),
    finds: [{ object: '0002_notes', message: 'is it 0002_note.sql?' }],
  },
  {
    rule: 'missing-sql',
    name: 'knows that capitals matter on other disks',
    change: (folder) => withFile(withoutFile(folder, '0002_notes.sql'), '0002_Notes.sql', 'SELECT 1;'),
    finds: [{ message: 'is it 0002_Notes.sql?' }],
  },
  {
    rule: 'missing-sql',
    name: 'proposes nothing where nothing is alike',
    change: (folder) => withoutFile(folder, '0001_orders.sql'),
    finds: [{ message: '0001_orders.sql is missing' }],
  },
  { rule: 'missing-sql', name: 'leaves alone a whole folder', change: (folder) => folder, finds: [] },
  {
    rule: 'rollback-without-step',
    name: 'proposes the step with the nearest name',
    change: (folder) => withFile(folder, '0002_note.down.sql', 'SELECT 1;'),
    finds: [{ message: 'is it meant for 0002_notes?' }],
  },
  {
    rule: 'rollback-without-step',
    name: 'leaves alone a way back that has its step',
    change: (folder) => withFile(folder, '0002_notes.down.sql', 'SELECT 1;'),
    finds: [],
  },
  {
    rule: 'carriage-returns',
    name: 'names the file',
    change: (folder) => withFile(folder, '0002_notes.sql', 'SELECT 1;\r\n'),
    finds: [{ file: '0002_notes.sql' }],
  },
  {
    rule: 'carriage-returns',
    name: 'leaves alone LF',
    change: (folder) => withJournal(folder, (entry) => [entry]),
    finds: [],
  },
];
