import type { Fixture } from '../../fixture.js';
import { newTenantTable, tenantsBefore as before } from './fixture-sql.js';

const finds = (rule: string, sql: string, object?: string): Fixture => ({
  rule,
  name: `finds ${sql}`,
  before,
  sql,
  finds: [object ? { object } : {}],
});
const quiet = (rule: string, sql: string): Fixture => ({
  rule,
  name: `leaves alone ${sql}`,
  before,
  sql,
  finds: [],
});
const definer = (rest: string) =>
  `CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER ${rest} AS 'SELECT 1'`;

export const rightFixtures: readonly Fixture[] = [
  finds('grant-to-public', 'GRANT SELECT ON tenants TO PUBLIC', 'tenants'),
  finds('grant-to-public', 'GRANT EXECUTE ON FUNCTION f() TO PUBLIC', 'f'),
  quiet('grant-to-public', 'REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC'),
  finds('grant-all', 'GRANT ALL ON quotes TO rowhouse_control', 'quotes'),
  finds('grant-all', 'GRANT ALL ON ALL TABLES IN SCHEMA public TO rowhouse_app', 'all of public'),
  quiet('grant-all', 'GRANT SELECT, INSERT ON quotes TO rowhouse_app'),
  finds('grant-past-row-security', 'GRANT SELECT, TRUNCATE ON quotes TO rowhouse_app', 'quotes'),
  finds('grant-past-row-security', 'GRANT ALL ON quotes TO rowhouse_app', 'quotes'),
  quiet('grant-past-row-security', 'GRANT SELECT, DELETE ON quotes TO rowhouse_app'),
  finds('tenant-id-updatable', 'GRANT SELECT, UPDATE ON quotes TO rowhouse_app', 'quotes'),
  finds('tenant-id-updatable', 'GRANT UPDATE (note, tenant_id) ON quotes TO rowhouse_app', 'quotes'),
  finds('tenant-id-updatable', `${newTenantTable('t')} GRANT UPDATE ON t TO rowhouse_app`, 't'),
  quiet('tenant-id-updatable', 'GRANT SELECT, UPDATE (note) ON quotes TO rowhouse_app'),
  quiet('tenant-id-updatable', 'GRANT UPDATE ON quotes TO rowhouse_control'),
  finds('tenant-id-missing', 'CREATE TABLE t (id int); GRANT SELECT ON t TO rowhouse_app', 't'),
  finds('tenant-id-missing', 'GRANT SELECT ON tenants TO rowhouse_app', 'tenants'),
  finds('tenant-id-missing', 'ALTER TABLE quotes RENAME tenant_id TO owner_id', 'quotes'),
  quiet(
    'tenant-id-missing',
    'GRANT SELECT ON quotes TO rowhouse_app; GRANT SELECT ON tenants TO rowhouse_control',
  ),
  finds('default-privileges', 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO rowhouse_app'),
  quiet('default-privileges', 'ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC'),
  finds('security-definer-search-path', definer(''), 'f'),
  finds('security-definer-search-path', 'ALTER FUNCTION f() SECURITY DEFINER', 'f'),
  finds('security-definer-search-path', 'ALTER FUNCTION f() RESET search_path', 'f'),
  quiet('security-definer-search-path', definer('SET search_path = pg_catalog')),
  quiet('security-definer-search-path', definer('').replace('DEFINER', 'INVOKER')),
  finds('role-bypasses-row-security', 'CREATE ROLE r BYPASSRLS', 'r'),
  finds('role-bypasses-row-security', 'ALTER ROLE rowhouse_app SUPERUSER', 'rowhouse_app'),
  finds('role-bypasses-row-security', 'GRANT rowhouse_owner TO rowhouse_app', 'rowhouse_app'),
  quiet('role-bypasses-row-security', 'CREATE ROLE r NOBYPASSRLS NOSUPERUSER; GRANT readers TO r'),
  finds('owner-change', 'ALTER TABLE quotes OWNER TO rowhouse_app', 'quotes'),
  finds('owner-change', 'ALTER FUNCTION f() OWNER TO CURRENT_USER', 'f'),
  finds('owner-change', 'REASSIGN OWNED BY rowhouse_owner TO rowhouse_app', 'all of rowhouse_owner'),
  quiet('owner-change', 'ALTER TABLE quotes OWNER TO rowhouse_owner'),
  finds('triggers-disabled', 'ALTER TABLE quotes DISABLE TRIGGER ALL', 'quotes'),
  finds('triggers-disabled', 'SET LOCAL session_replication_role = replica', 'session_replication_role'),
  quiet('triggers-disabled', 'ALTER TABLE quotes ENABLE TRIGGER ALL'),
  finds('row-security-silenced', 'SET LOCAL row_security = on', 'row_security'),
  finds('row-security-silenced', 'SET LOCAL ROLE rowhouse_owner', 'role'),
  quiet('row-security-silenced', 'SET LOCAL row_security = off; RESET ROLE'),
];
