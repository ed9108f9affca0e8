import type { Fixture } from '../../fixture.js';
import { floor, newTenantTable, ownPolicy, tenantsBefore as before, wall } from './fixture-sql.js';

const rule = 'tenant-table-without-wall';
const grant = 'GRANT SELECT, INSERT, DELETE, UPDATE (id, note) ON notes TO rowhouse_app;';
const whole = `${newTenantTable('notes')} ${wall('notes')} ${grant}`;
const lacks = (part: string, without: string): Fixture => ({
  rule,
  name: `misses ${part}`,
  sql: whole.replace(without, ''),
  finds: [{ object: 'notes', statement: 1, message: `lacks ${part}` }],
});

export const wallFixtures: readonly Fixture[] = [
  {
    rule,
    name: 'misses the whole block',
    sql: newTenantTable('notes'),
    finds: [{ object: 'notes', severity: 'critical' }],
  },
  lacks('ENABLE ROW LEVEL SECURITY', 'ALTER TABLE notes ENABLE ROW LEVEL SECURITY;'),
  lacks('FORCE ROW LEVEL SECURITY', 'ALTER TABLE notes FORCE ROW LEVEL SECURITY;'),
  lacks('the RESTRICTIVE floor', floor('notes')),
  lacks('the PERMISSIVE policy', ownPolicy('notes')),
  { rule, name: 'is content with the whole block', sql: whole, finds: [] },
  {
    rule,
    name: 'is content with fewer rights',
    sql: whole.replace(grant, 'GRANT INSERT ON notes TO rowhouse_app'),
    finds: [],
  },
  {
    rule,
    name: 'tells of no right at all',
    sql: whole.replace(grant, ''),
    finds: [{ severity: 'warning', message: 'nothing of it is granted' }],
  },
  { rule, name: 'reads the block in a DO body', sql: `DO $$ BEGIN ${whole} END $$`, finds: [] },
  {
    rule,
    name: 'sees what is switched off again',
    sql: `${whole} ALTER TABLE notes DISABLE ROW LEVEL SECURITY`,
    finds: [{ object: 'notes' }],
  },
  {
    rule,
    name: 'takes a floor that does not fence for none',
    sql: whole.replace('USING (tenant_id = current_tenant_id())', 'USING (true)'),
    finds: [{ message: 'floor' }],
  },
  {
    rule,
    name: 'finds a copy of tenants rows',
    before,
    sql: 'CREATE TABLE backup AS SELECT * FROM quotes',
    finds: [{ object: 'backup' }],
  },
  {
    rule,
    name: 'finds a copy of their columns',
    before,
    sql: 'CREATE TABLE backup (LIKE quotes INCLUDING ALL)',
    finds: [{ object: 'backup' }],
  },
  {
    rule,
    name: 'leaves tables of the control plane alone',
    sql: 'CREATE TABLE domains (id uuid PRIMARY KEY, tenant_id uuid NOT NULL); GRANT SELECT ON domains TO rowhouse_control',
    finds: [],
  },
  {
    rule,
    name: 'finds such a table when it is granted to the tenants',
    sql: 'CREATE TABLE domains (id uuid PRIMARY KEY, tenant_id uuid NOT NULL); GRANT SELECT ON domains TO rowhouse_app',
    finds: [{ object: 'domains' }],
  },
  {
    rule,
    name: 'leaves a table alone that goes again',
    sql: `${newTenantTable('notes')} DROP TABLE notes`,
    finds: [],
  },
  {
    rule: 'rls-disabled',
    name: 'finds it',
    before,
    sql: 'ALTER TABLE quotes DISABLE ROW LEVEL SECURITY',
    finds: [{ object: 'quotes', severity: 'critical' }],
  },
  {
    rule: 'rls-disabled',
    name: 'also in a DO block',
    before,
    sql: 'DO $$ BEGIN ALTER TABLE quotes DISABLE ROW LEVEL SECURITY; END $$',
    finds: [{ object: 'quotes' }],
  },
  {
    rule: 'rls-disabled',
    name: 'leaves a table alone that goes',
    before,
    sql: 'ALTER TABLE quotes DISABLE ROW LEVEL SECURITY; DROP TABLE quotes',
    finds: [],
  },
  {
    rule: 'force-removed',
    name: 'finds it',
    before,
    sql: 'ALTER TABLE quotes NO FORCE ROW LEVEL SECURITY',
    finds: [{ object: 'quotes', severity: 'critical' }],
  },
  {
    rule: 'force-removed',
    name: 'only tells of what the same transaction restores',
    before,
    sql: `ALTER TABLE quotes NO FORCE ROW LEVEL SECURITY; UPDATE quotes SET note = '' WHERE note IS NULL; ALTER TABLE quotes FORCE ROW LEVEL SECURITY`,
    finds: [{ object: 'quotes', severity: 'warning' }],
  },
  {
    rule: 'force-removed',
    name: 'trusts no step that may stop in between',
    before,
    sql: `-- rowhouse:no-transaction\nALTER TABLE quotes NO FORCE ROW LEVEL SECURITY; ALTER TABLE quotes FORCE ROW LEVEL SECURITY`,
    finds: [{ severity: 'critical' }],
  },
  {
    rule: 'force-removed',
    name: 'leaves FORCE alone',
    before,
    sql: 'ALTER TABLE quotes FORCE ROW LEVEL SECURITY',
    finds: [],
  },
];
