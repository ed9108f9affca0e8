import type { Fixture } from '../../fixture.js';
import { finds, quiet, tablesBefore as before } from './fixture-sql.js';

const key = 'ADD CONSTRAINT f FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID';
const alone = '-- rowhouse:no-transaction\n';
const addColumn = 'ALTER TABLE quotes ADD COLUMN a int';

export const waitingFixtures: readonly Fixture[] = [
  finds('parent-locked', `ALTER TABLE quotes ${key}`, 'customers', { severity: 'warning' }),
  finds('parent-locked', 'CREATE TABLE t (customer_id int REFERENCES customers (id))', 'customers'),
  quiet(
    'parent-locked',
    'CREATE TABLE p (id int PRIMARY KEY, up int REFERENCES p (id)); CREATE TABLE t (p int REFERENCES p (id))',
  ),
  finds('foreign-key-without-index', `ALTER TABLE quotes ${key}`, 'quotes.customer_id'),
  finds(
    'foreign-key-without-index',
    `ALTER TABLE quotes ${key}; CREATE INDEX i ON quotes (customer_id) WHERE number <> ''`,
    'quotes.customer_id',
  ),
  quiet('foreign-key-without-index', `ALTER TABLE quotes ${key}; CREATE INDEX i ON quotes (customer_id, id)`),
  quiet(
    'foreign-key-without-index',
    'CREATE TABLE t (c int, n int, PRIMARY KEY (c, n), FOREIGN KEY (c) REFERENCES customers (id))',
  ),
  {
    rule: 'foreign-key-without-index',
    name: 'knows the indexes of the schema after the step',
    before,
    after: `CREATE TABLE quotes (customer_id int); CREATE INDEX i ON quotes (customer_id);`,
    sql: `ALTER TABLE quotes ${key}`,
    finds: [],
  },
  finds('table-rewritten', `${alone}VACUUM FULL quotes`, 'quotes'),
  finds('table-rewritten', 'CLUSTER quotes USING quotes_number', 'quotes'),
  finds('table-rewritten', 'ALTER TABLE quotes SET UNLOGGED', 'quotes'),
  quiet('table-rewritten', `${alone}VACUUM (ANALYZE) quotes`),
  quiet('table-rewritten', 'ALTER TABLE quotes SET (fillfactor = 80)'),
  finds('work-after-exclusive-lock', `${addColumn}; UPDATE quotes SET a = 1 WHERE a IS NULL`, 'quotes', {
    statement: 2,
    message: 'changed',
  }),
  finds('work-after-exclusive-lock', `${addColumn}; ALTER TABLE customers ADD b int`, 'quotes', {
    message: 'customers',
  }),
  finds(
    'work-after-exclusive-lock',
    `${addColumn}; CREATE INDEX i ON quotes (a); DELETE FROM customers WHERE id = 1`,
    'quotes',
    { statement: 2 },
  ),
  finds('work-after-exclusive-lock', `${addColumn}; INSERT INTO customers SELECT id FROM quotes`, 'quotes'),
  quiet('work-after-exclusive-lock', `UPDATE quotes SET id = 1 WHERE id IS NULL; ${addColumn}`),
  quiet(
    'work-after-exclusive-lock',
    `${addColumn}; ${addColumn.replace(' a ', ' b ')}; CREATE TABLE t (id int); INSERT INTO customers VALUES (1)`,
  ),
  quiet('work-after-exclusive-lock', `${alone}${addColumn}; UPDATE quotes SET a = 1 WHERE a IS NULL`),
  finds('timeout-off', 'SET LOCAL lock_timeout = 0', 'lock_timeout'),
  finds('timeout-off', `SELECT set_config('statement_timeout', '0s', true)`, 'statement_timeout'),
  finds('timeout-off', 'RESET lock_timeout', 'lock_timeout'),
  finds('timeout-off', `DO $$ BEGIN PERFORM set_config('lock_timeout', '0', true); END $$`, 'lock_timeout'),
  quiet('timeout-off', `SET LOCAL lock_timeout = '500ms'; SET LOCAL statement_timeout = 60000`),
  finds('set-without-local', `SET search_path = billing`, 'search_path'),
  finds('set-without-local', `SELECT set_config('work_mem', '64MB', false)`, 'work_mem'),
  finds('set-without-local', 'SET ROLE rowhouse_owner', 'role'),
  finds('set-without-local', `${alone}SET maintenance_work_mem = '1GB'`, 'maintenance_work_mem'),
  quiet('set-without-local', `SET LOCAL work_mem = '64MB'; SELECT set_config('work_mem', '1MB', true)`),
  quiet(
    'set-without-local',
    `${alone}SET maintenance_work_mem = '1GB'; REINDEX INDEX CONCURRENTLY quotes_number; RESET maintenance_work_mem`,
  ),
];
