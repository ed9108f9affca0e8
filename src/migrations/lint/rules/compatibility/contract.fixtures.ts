import type { Fixture } from '../../fixture.js';

const before =
  'CREATE TABLE orders (id uuid PRIMARY KEY, note text, comment text); CREATE TABLE drafts (id uuid);';

export const contractFixtures: readonly Fixture[] = [
  {
    rule: 'contract-before-expand',
    name: 'finds what is added and what is dropped in one step',
    before,
    sql: 'ALTER TABLE orders ADD COLUMN remark text;\nALTER TABLE orders DROP COLUMN note;',
    finds: [{ object: 'orders.note', message: 'in the same step that adds orders.remark', line: 2 }],
  },
  {
    rule: 'contract-before-expand',
    name: 'finds it in one ALTER TABLE, and in a DO block',
    before,
    sql: `ALTER TABLE orders ADD COLUMN remark text, DROP COLUMN IF EXISTS note;
DO $$ BEGIN ALTER TABLE orders ALTER COLUMN comment SET NOT NULL; END $$;`,
    finds: [{ object: 'orders.note' }, { object: 'orders.comment', message: 'becomes NOT NULL' }],
  },
  {
    rule: 'contract-before-expand',
    name: 'asks which step was released, where lint.json does not say',
    before,
    sql: '-- rowhouse:expanded-by 0000_before\nDROP TABLE drafts;',
    finds: [{ object: 'drafts', message: 'lint.json does not say that 0000_before was released' }],
  },
  {
    rule: 'contract-before-expand',
    name: 'finds an expand that is newer than the release',
    change: (folder) => {
      const step = folder.files.get('0002_notes.sql');
      const text = '-- rowhouse:expanded-by 0001_orders\nALTER TABLE orders DROP COLUMN customer_id;';
      return {
        ...folder,
        settings: { startAfter: '0000_customers', released: '0000_customers' },
        files: new Map([...folder.files, ...(step ? [[step.name, { ...step, text }] as const] : [])]),
      };
    },
    finds: [{ object: 'orders.customer_id', message: 'is newer than 0000_customers' }],
  },
  {
    rule: 'contract-before-expand',
    name: 'leaves alone a contract whose expand was released',
    before,
    settings: { released: '0000_before' },
    sql: '-- rowhouse:expanded-by 0000_before\nALTER TABLE orders ADD COLUMN remark text, DROP COLUMN note;',
    finds: [],
  },
  {
    rule: 'contract-before-expand',
    name: 'leaves alone a drop by itself, new tables, and a column that comes and goes',
    before,
    sql: `ALTER TABLE orders DROP COLUMN note;
ALTER TABLE drafts ADD COLUMN a int; ALTER TABLE drafts ALTER COLUMN a SET NOT NULL;
CREATE TABLE notes (id int, b int); ALTER TABLE notes ADD COLUMN a int, DROP COLUMN b;`,
    finds: [],
  },
];
