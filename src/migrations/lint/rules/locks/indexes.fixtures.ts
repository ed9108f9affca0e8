import type { Fixture } from '../../fixture.js';
import { finds, quiet } from './fixture-sql.js';

const alone = '-- rowhouse:no-transaction\n';

export const indexFixtures: readonly Fixture[] = [
  finds('index-not-concurrent', 'CREATE INDEX quotes_id ON quotes (id)', 'quotes_id', { message: 'quotes' }),
  finds('index-not-concurrent', 'DO $$ BEGIN CREATE INDEX quotes_id ON quotes (id); END $$', 'quotes_id'),
  quiet('index-not-concurrent', `${alone}CREATE INDEX CONCURRENTLY quotes_id ON quotes (id)`),
  quiet('index-not-concurrent', 'CREATE TABLE t (id int); CREATE INDEX t_id ON t (id)'),
  finds('drop-index-not-concurrent', 'DROP INDEX quotes_number', 'quotes_number', { severity: 'warning' }),
  quiet('drop-index-not-concurrent', `${alone}DROP INDEX CONCURRENTLY quotes_number`),
  quiet('drop-index-not-concurrent', 'DROP INDEX quotes_number; DROP TABLE quotes'),
  finds('reindex-not-concurrent', 'REINDEX TABLE quotes', 'quotes'),
  finds('reindex-not-concurrent', `${alone}REINDEX SCHEMA public`, 'public'),
  quiet('reindex-not-concurrent', `${alone}REINDEX (CONCURRENTLY) INDEX quotes_number`),
];
