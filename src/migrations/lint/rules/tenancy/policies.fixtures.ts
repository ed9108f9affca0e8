import type { Fixture } from '../../fixture.js';
import { floor, ownPolicy, tenantsBefore as before } from './fixture-sql.js';

const own = 'tenant_id = current_tenant_id()';
const policy = (rest: string) => `CREATE POLICY p ON quotes ${rest}`;
const finds = (rule: string, sql: string, message = ''): Fixture => ({
  rule,
  name: `finds ${sql}`,
  before,
  sql,
  finds: [{ object: 'quotes.p', severity: 'critical', message }],
});
const quiet = (rule: string, sql: string): Fixture => ({
  rule,
  name: `leaves alone ${sql}`,
  before,
  sql,
  finds: [],
});

export const policyFixtures: readonly Fixture[] = [
  finds('policy-permits-all', policy('TO rowhouse_app USING (true)')),
  finds('policy-permits-all', policy('USING (1 = 1)'), 'public'),
  finds('policy-permits-all', policy(`TO rowhouse_app USING (${own} OR true)`)),
  finds('policy-permits-all', policy(`TO rowhouse_app USING (${own}) WITH CHECK (true)`)),
  finds('policy-permits-all', 'ALTER POLICY p ON quotes USING (true)'),
  finds('policy-permits-all', `DO $$ BEGIN ${policy('TO rowhouse_app USING (true)')}; END $$`),
  quiet('policy-permits-all', policy('TO rowhouse_control USING (true) WITH CHECK (true)')),
  quiet('policy-permits-all', policy(`TO rowhouse_app USING (${own})`)),
  finds('policy-without-tenant', policy(`TO rowhouse_app USING (note = 'x')`), 'USING'),
  finds(
    'policy-without-tenant',
    policy(`TO rowhouse_app USING (tenant_id = current_setting('app.tenant_id')::uuid)`),
  ),
  finds('policy-without-tenant', policy(`FOR INSERT TO rowhouse_app WITH CHECK (note <> '')`), 'WITH CHECK'),
  finds('policy-without-tenant', policy(`TO rowhouse_app USING (NOT (${own}))`)),
  quiet('policy-without-tenant', policy(`TO rowhouse_app USING (${own} AND note = 'x')`)),
  quiet(
    'policy-without-tenant',
    policy(`TO rowhouse_app USING (quotes.tenant_id = (SELECT current_tenant_id()))`),
  ),
  quiet('policy-without-tenant', policy(`AS RESTRICTIVE FOR DELETE TO rowhouse_app USING (note IS NULL)`)),
  finds('policy-widens', policy(`TO rowhouse_app USING (${own} OR note = 'shared')`), 'branch'),
  finds('policy-widens', policy(`TO rowhouse_reports USING (${own})`), 'rowhouse_reports'),
  finds('policy-widens', policy(`USING (${own})`), 'public'),
  quiet('policy-widens', policy(`TO rowhouse_app USING (${own})`)),
  quiet(
    'policy-widens',
    `${policy(`TO reports USING (${own})`)}; CREATE POLICY f ON quotes AS RESTRICTIVE FOR ALL TO reports USING (${own})`,
  ),
  {
    rule: 'policy-widens',
    name: 'finds a floor that is turned away from the tenants',
    before,
    sql: 'ALTER POLICY quotes_floor ON quotes TO rowhouse_control',
    finds: [{ object: 'quotes.quotes_floor' }],
  },
  finds('policy-dropped', 'DROP POLICY p ON quotes'),
  finds('policy-dropped', 'DO $$ BEGIN DROP POLICY IF EXISTS p ON quotes; END $$'),
  {
    rule: 'policy-dropped',
    name: 'takes no permissive policy for the floor',
    before,
    sql: `DROP POLICY quotes_floor ON quotes; ${ownPolicy('quotes')}`,
    finds: [{ object: 'quotes.quotes_floor' }],
  },
  {
    rule: 'policy-dropped',
    name: 'takes no floor that fences nobody for the floor',
    before,
    sql: `DROP POLICY quotes_floor ON quotes; CREATE POLICY quotes_floor ON quotes AS RESTRICTIVE TO rowhouse_app USING (true)`,
    finds: [{ object: 'quotes.quotes_floor' }],
  },
  {
    rule: 'policy-dropped',
    name: 'trusts no successor in a step that may stop in between',
    before,
    sql: `-- rowhouse:no-transaction\nDROP POLICY quotes_floor ON quotes; ${floor('quotes')}`,
    finds: [{ object: 'quotes.quotes_floor' }],
  },
  quiet('policy-dropped', `DROP POLICY quotes_floor ON quotes; ${floor('quotes')}`),
  quiet('policy-dropped', `DROP POLICY old_tenant ON quotes; ${ownPolicy('quotes')}`),
  quiet('policy-dropped', 'DROP POLICY quotes_floor ON quotes; DROP TABLE quotes'),
];
