import type { Fixture } from '../../fixture.js';
import { finds, quiet } from './fixture-sql.js';

const alter = (change: string) => `ALTER TABLE quotes ${change}`;
const check = 'ADD CONSTRAINT c CHECK (id > 0)';
const alone = '-- rowhouse:no-transaction\n';

export const constraintFixtures: readonly Fixture[] = [
  finds(
    'foreign-key-validates',
    alter('ADD CONSTRAINT f FOREIGN KEY (customer_id) REFERENCES customers (id)'),
    'quotes.f',
  ),
  finds('foreign-key-validates', alter('ADD COLUMN c int DEFAULT 1 REFERENCES customers (id)'), 'quotes.c'),
  quiet(
    'foreign-key-validates',
    alter('ADD CONSTRAINT f FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID'),
  ),
  quiet('foreign-key-validates', alter('ADD COLUMN c int REFERENCES customers (id)')),
  quiet(
    'foreign-key-validates',
    'CREATE TABLE t (c int); ALTER TABLE t ADD FOREIGN KEY (c) REFERENCES customers (id)',
  ),
  finds('check-validates', alter(check), 'quotes.c'),
  finds('check-validates', alter('ADD COLUMN n int DEFAULT 1 CHECK (n > 0)'), 'quotes.n'),
  quiet('check-validates', alter(`${check} NOT VALID`)),
  quiet('check-validates', 'CREATE TABLE t (n int CHECK (n > 0)); ALTER TABLE t ADD CHECK (n < 9)'),
  finds(
    'validate-in-one-transaction',
    `${alter(`${check} NOT VALID`)}; ${alter('VALIDATE CONSTRAINT c')}`,
    'quotes.c',
    { statement: 2 },
  ),
  quiet(
    'validate-in-one-transaction',
    `${alone}${alter(`${check} NOT VALID`)}; ${alter('VALIDATE CONSTRAINT c')}`,
  ),
  quiet('validate-in-one-transaction', alter('VALIDATE CONSTRAINT quotes_proven')),
  finds('set-not-null-scans', alter('ALTER customer_id SET NOT NULL'), 'quotes.customer_id'),
  finds('set-not-null-scans', alter('ADD CONSTRAINT n NOT NULL customer_id'), 'quotes.customer_id'),
  finds('set-not-null-scans', alter('ADD PRIMARY KEY USING INDEX quotes_loose'), 'quotes.loose'),
  finds(
    'set-not-null-scans',
    `${alone}${alter('ADD CONSTRAINT n CHECK (id IS NOT NULL) NOT VALID')}; ${alter('ALTER id SET NOT NULL')}`,
    'quotes.id',
  ),
  finds(
    'set-not-null-scans',
    `${alter('DROP CONSTRAINT quotes_proven')}; ${alter('ALTER proven SET NOT NULL')}`,
    'quotes.proven',
  ),
  quiet('set-not-null-scans', alter('ALTER proven SET NOT NULL, DROP CONSTRAINT quotes_proven')),
  quiet('set-not-null-scans', alter('ADD CONSTRAINT n NOT NULL customer_id NOT VALID')),
  quiet('set-not-null-scans', alter('ADD PRIMARY KEY USING INDEX quotes_key')),
  quiet(
    'set-not-null-scans',
    `${alone}${alter('ADD CONSTRAINT n CHECK (id IS NOT NULL) NOT VALID')}; ${alter('VALIDATE CONSTRAINT n')}; ${alter('ALTER id SET NOT NULL')}`,
  ),
  quiet('set-not-null-scans', 'CREATE TABLE t (id int); ALTER TABLE t ALTER id SET NOT NULL'),
  finds('inline-unique', alter('ADD CONSTRAINT u UNIQUE (number)'), 'quotes.u', { message: 'UNIQUE' }),
  finds('inline-unique', alter('ADD PRIMARY KEY (id)'), 'quotes.id'),
  finds('inline-unique', alter('ADD COLUMN u int UNIQUE'), 'quotes.u'),
  finds('inline-unique', alter('ADD CONSTRAINT x EXCLUDE USING gist (number WITH =)'), 'quotes.x', {
    message: 'EXCLUDE',
  }),
  quiet('inline-unique', alter('ADD CONSTRAINT u UNIQUE USING INDEX quotes_key')),
  quiet('inline-unique', 'CREATE TABLE t (id int); ALTER TABLE t ADD UNIQUE (id)'),
];
