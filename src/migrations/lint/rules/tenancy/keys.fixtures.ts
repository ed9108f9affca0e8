import type { Fixture } from '../../fixture.js';
import { newTenantTable, tenantsBefore as before } from './fixture-sql.js';

const finds = (rule: string, sql: string, object: string): Fixture => ({
  rule,
  name: `finds ${sql}`,
  before,
  sql,
  finds: [{ object }],
});
const quiet = (rule: string, sql: string): Fixture => ({
  rule,
  name: `leaves alone ${sql}`,
  before,
  sql,
  finds: [],
});
const fk = (rest: string) => `ALTER TABLE comments ADD CONSTRAINT c ${rest}`;

export const keyFixtures: readonly Fixture[] = [
  finds('tenant-id-nullable', 'CREATE TABLE t (id uuid PRIMARY KEY, tenant_id uuid)', 't.tenant_id'),
  finds('tenant-id-nullable', 'ALTER TABLE quotes ALTER tenant_id DROP NOT NULL', 'quotes.tenant_id'),
  finds('tenant-id-nullable', 'ALTER TABLE tenants ADD COLUMN tenant_id uuid', 'tenants.tenant_id'),
  quiet('tenant-id-nullable', newTenantTable('t')),
  quiet('tenant-id-nullable', 'CREATE TABLE t (id uuid, tenant_id uuid, PRIMARY KEY (tenant_id, id))'),
  finds('unique-without-tenant', 'ALTER TABLE quotes ADD CONSTRAINT u UNIQUE (number)', 'quotes.u'),
  finds('unique-without-tenant', 'CREATE UNIQUE INDEX u ON quotes (lower(number))', 'quotes.u'),
  finds('unique-without-tenant', newTenantTable('t', ', number text UNIQUE'), 't.number'),
  finds(
    'unique-without-tenant',
    'ALTER TABLE quotes ADD CONSTRAINT x EXCLUDE USING gist (number WITH =)',
    'quotes.x',
  ),
  quiet('unique-without-tenant', 'CREATE UNIQUE INDEX u ON quotes (tenant_id, number)'),
  quiet('unique-without-tenant', 'CREATE UNIQUE INDEX u ON tenants (name)'),
  quiet('unique-without-tenant', 'CREATE INDEX u ON quotes (number)'),
  finds('foreign-key-without-tenant', fk('FOREIGN KEY (quote_id) REFERENCES quotes (id)'), 'comments.c'),
  finds(
    'foreign-key-without-tenant',
    fk('FOREIGN KEY (quote_id, tenant_id) REFERENCES quotes (tenant_id, id)'),
    'comments.c',
  ),
  finds(
    'foreign-key-without-tenant',
    newTenantTable('t', ', quote_id uuid REFERENCES quotes (id)'),
    't.quote_id',
  ),
  quiet(
    'foreign-key-without-tenant',
    fk('FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes (tenant_id, id)'),
  ),
  quiet('foreign-key-without-tenant', fk('FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes')),
  quiet('foreign-key-without-tenant', fk('FOREIGN KEY (tenant_id) REFERENCES tenants (id)')),
  finds(
    'foreign-key-nulls-tenant',
    fk('FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes ON DELETE SET NULL'),
    'comments.c',
  ),
  quiet(
    'foreign-key-nulls-tenant',
    fk('FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes ON DELETE SET NULL (quote_id)'),
  ),
];
