import type { Fixture } from '../../fixture.js';
import { tenantsBefore as before } from './fixture-sql.js';

const finds = (rule: string, sql: string): Fixture => ({
  rule,
  name: `finds ${sql}`,
  before,
  sql,
  finds: [{ object: 'v' }],
});
const quiet = (rule: string, sql: string): Fixture => ({
  rule,
  name: `leaves alone ${sql}`,
  before,
  sql,
  finds: [],
});

export const viewFixtures: readonly Fixture[] = [
  finds('view-without-security-invoker', 'CREATE VIEW v AS SELECT * FROM quotes'),
  finds(
    'view-without-security-invoker',
    'CREATE OR REPLACE VIEW v WITH (security_invoker = false) AS SELECT 1',
  ),
  finds('view-without-security-invoker', 'ALTER VIEW v RESET (security_invoker)'),
  finds('view-without-security-invoker', 'ALTER VIEW v SET (security_invoker = off)'),
  quiet(
    'view-without-security-invoker',
    'CREATE VIEW v WITH (security_invoker = true) AS SELECT * FROM quotes',
  ),
  quiet('view-without-security-invoker', 'CREATE VIEW v WITH (security_invoker) AS SELECT * FROM quotes'),
  quiet('view-without-security-invoker', 'ALTER VIEW v SET (security_barrier = false)'),
  finds(
    'materialized-view-of-tenants',
    'CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM tenants t JOIN quotes q ON q.tenant_id = t.id',
  ),
  finds(
    'materialized-view-of-tenants',
    'CREATE MATERIALIZED VIEW v AS WITH q AS (SELECT * FROM quotes) SELECT * FROM q',
  ),
  finds('materialized-view-of-tenants', 'CREATE MATERIALIZED VIEW v AS SELECT * FROM open_quotes'),
  quiet(
    'materialized-view-of-tenants',
    'CREATE MATERIALIZED VIEW v AS WITH n AS (SELECT name FROM tenants) SELECT * FROM n',
  ),
];
