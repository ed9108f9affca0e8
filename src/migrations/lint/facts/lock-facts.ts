/** The table-level locks that a schema change may take, weakest first, as the manual writes them (13.3.1). */
export const lockModes = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const;
export type LockMode = (typeof lockModes)[number];

/** What one statement does to tables with rows in them; `npm run test:locks` measures each on the majors we support. */
export interface LockFact {
  /** Against the tables of `test/migrations/locks/lock-scene.ts`. */
  statement: string;
  /** The strongest lock on each table of the scene; indexes are left out. */
  locks: { child?: LockMode; parent?: LockMode };
  /** Every row is written anew, into a new file. */
  rewrites?: true;
  /** Every row is read while the lock is held: to prove, to index or to copy it. */
  scans?: true;
  /** A transaction refuses it. */
  alone?: true;
  /** The lowest major that knows the statement; default all. */
  since?: 17 | 18;
}

const exclusive = { child: 'ACCESS EXCLUSIVE' } as const;
const add = (column: string) => `ALTER TABLE child ADD COLUMN fresh ${column}`;
const alter = (command: string) => `ALTER TABLE child ${command}`;

/** The facts behind the lock rules. */
export const lockFacts = {
  'create-index': { statement: 'CREATE INDEX ON child (amount)', locks: { child: 'SHARE' }, scans: true },
  'create-index-concurrently': {
    statement: 'CREATE INDEX CONCURRENTLY child_amount ON child (amount)',
    locks: { child: 'SHARE UPDATE EXCLUSIVE' },
    scans: true,
    alone: true,
  },
  'drop-index': { statement: 'DROP INDEX child_note', locks: exclusive },
  'drop-index-concurrently': {
    statement: 'DROP INDEX CONCURRENTLY child_note',
    locks: { child: 'SHARE UPDATE EXCLUSIVE' },
    alone: true,
  },
  reindex: { statement: 'REINDEX INDEX child_note', locks: { child: 'SHARE' }, scans: true },
  'reindex-concurrently': {
    statement: 'REINDEX INDEX CONCURRENTLY child_note',
    locks: { child: 'SHARE UPDATE EXCLUSIVE' },
    scans: true,
    alone: true,
  },
  'foreign-key': {
    statement: alter('ADD FOREIGN KEY (parent_id) REFERENCES parent'),
    locks: { child: 'SHARE ROW EXCLUSIVE', parent: 'SHARE ROW EXCLUSIVE' },
    scans: true,
  },
  'foreign-key-not-valid': {
    statement: alter('ADD FOREIGN KEY (parent_id) REFERENCES parent NOT VALID'),
    locks: { child: 'SHARE ROW EXCLUSIVE', parent: 'SHARE ROW EXCLUSIVE' },
  },
  'foreign-key-validate': {
    statement: alter('VALIDATE CONSTRAINT child_unproven_fkey'),
    locks: { child: 'SHARE UPDATE EXCLUSIVE', parent: 'ROW SHARE' },
    scans: true,
  },
  'foreign-key-of-a-new-table': {
    statement: 'CREATE TABLE grandchild (parent_id int REFERENCES parent)',
    locks: { parent: 'SHARE ROW EXCLUSIVE' },
  },
  'foreign-key-of-a-new-column': {
    statement: add('int REFERENCES parent'),
    locks: { child: 'ACCESS EXCLUSIVE', parent: 'SHARE ROW EXCLUSIVE' },
  },
  check: { statement: alter('ADD CHECK (amount > 0)'), locks: exclusive, scans: true },
  'check-not-valid': { statement: alter('ADD CHECK (amount > 0) NOT VALID'), locks: exclusive },
  'check-validate': {
    statement: alter('VALIDATE CONSTRAINT child_unproven_check'),
    locks: { child: 'SHARE UPDATE EXCLUSIVE' },
    scans: true,
  },
  'check-of-a-new-column': {
    statement: add('int DEFAULT 1 CHECK (fresh > 0)'),
    locks: exclusive,
    scans: true,
  },
  'set-not-null': { statement: alter('ALTER amount SET NOT NULL'), locks: exclusive, scans: true },
  'set-not-null-proven': { statement: alter('ALTER proven SET NOT NULL'), locks: exclusive },
  'not-null-constraint': {
    statement: alter('ADD CONSTRAINT child_amount_not_null NOT NULL amount'),
    locks: exclusive,
    scans: true,
    since: 18,
  },
  'not-null-constraint-not-valid': {
    statement: alter('ADD CONSTRAINT child_amount_not_null NOT NULL amount NOT VALID'),
    locks: exclusive,
    since: 18,
  },
  unique: { statement: alter('ADD UNIQUE (amount)'), locks: exclusive, scans: true },
  'unique-using-index': { statement: alter('ADD UNIQUE USING INDEX child_key'), locks: exclusive },
  'primary-key': { statement: alter('ADD PRIMARY KEY (key)'), locks: exclusive, scans: true },
  'primary-key-using-index': { statement: alter('ADD PRIMARY KEY USING INDEX child_key'), locks: exclusive },
  'primary-key-using-index-nullable': {
    statement: alter('ADD PRIMARY KEY USING INDEX child_loose'),
    locks: exclusive,
    scans: true,
  },
  exclude: {
    statement: alter('ADD EXCLUDE USING btree (key WITH =)'),
    locks: exclusive,
    scans: true,
  },
  'unique-of-a-new-column': { statement: add('int UNIQUE'), locks: exclusive, scans: true },
  'add-column': { statement: add('int'), locks: exclusive },
  'constant-default': { statement: add('int DEFAULT 7 NOT NULL'), locks: exclusive },
  'stable-default': { statement: add('timestamptz DEFAULT now() NOT NULL'), locks: exclusive },
  'volatile-default': {
    statement: add('uuid DEFAULT gen_random_uuid()'),
    locks: exclusive,
    rewrites: true,
    scans: true,
  },
  'volatile-default-of-an-old-column': {
    statement: alter('ALTER note SET DEFAULT clock_timestamp()'),
    locks: exclusive,
  },
  'stored-generated': {
    statement: add('int GENERATED ALWAYS AS (amount * 2) STORED'),
    locks: exclusive,
    rewrites: true,
    scans: true,
  },
  'virtual-generated': {
    statement: add('int GENERATED ALWAYS AS (amount * 2) VIRTUAL'),
    locks: exclusive,
    since: 18,
  },
  serial: { statement: add('serial'), locks: exclusive, rewrites: true, scans: true },
  identity: {
    statement: add('int GENERATED ALWAYS AS IDENTITY'),
    locks: exclusive,
    rewrites: true,
    scans: true,
  },
  'identity-of-an-old-column': {
    statement: alter('ALTER key ADD GENERATED ALWAYS AS IDENTITY'),
    locks: exclusive,
  },
  'plain-domain': { statement: add('plain'), locks: exclusive },
  'domain-with-default': { statement: add('defaulted'), locks: exclusive },
  'domain-with-volatile-default': { statement: add('rolled'), locks: exclusive, rewrites: true, scans: true },
  'domain-with-constraint': { statement: add('constrained'), locks: exclusive, rewrites: true, scans: true },
  'set-expression': {
    statement: alter('ALTER twice SET EXPRESSION AS (amount * 3)'),
    locks: exclusive,
    rewrites: true,
    scans: true,
    since: 17,
  },
  'vacuum-full': {
    statement: 'VACUUM FULL child',
    locks: exclusive,
    rewrites: true,
    scans: true,
    alone: true,
  },
  cluster: { statement: 'CLUSTER child USING child_note', locks: exclusive, rewrites: true, scans: true },
  'set-logged': { statement: alter('SET UNLOGGED'), locks: exclusive, rewrites: true, scans: true },
  'drop-column': { statement: alter('DROP COLUMN note'), locks: exclusive },
  'drop-table': {
    statement: 'DROP TABLE child',
    locks: { child: 'ACCESS EXCLUSIVE', parent: 'ACCESS EXCLUSIVE' },
  },
  'drop-constraint': { statement: alter('DROP CONSTRAINT child_unproven_check'), locks: exclusive },
  'drop-foreign-key': {
    statement: alter('DROP CONSTRAINT child_unproven_fkey'),
    locks: { child: 'ACCESS EXCLUSIVE', parent: 'ACCESS EXCLUSIVE' },
  },
  'rename-column': { statement: alter('RENAME note TO remark'), locks: exclusive },
  'create-trigger': {
    statement:
      'CREATE TRIGGER watch BEFORE UPDATE ON child FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    locks: { child: 'SHARE ROW EXCLUSIVE' },
  },
  'create-policy': { statement: 'CREATE POLICY own ON child USING (true)', locks: exclusive },
  'enable-row-security': { statement: alter('ENABLE ROW LEVEL SECURITY'), locks: exclusive },
  update: { statement: 'UPDATE child SET amount = 1', locks: { child: 'ROW EXCLUSIVE' }, scans: true },
} as const satisfies Record<string, LockFact>;
