import type { CatalogueRule } from '../rule.js';

/** MD5 of the body of `current_tenant_id()` as the first step creates it. */
const BODY = '3e080b989e1a6d49035c750578065243';

export const tenantContextRules: CatalogueRule[] = [
  {
    id: 'A09',
    severity: 'blocking',
    title: 'current_tenant_id() is the function that the first step created',
    why: 'Every policy trusts it. Marked IMMUTABLE, a cached plan answers with the rows of the tenant that asked before.',
    query: `
      SELECT 'current_tenant_id()', fault, mend
      FROM (SELECT to_regprocedure('public.current_tenant_id()') AS oid) wanted
      LEFT JOIN pg_proc p ON p.oid = wanted.oid
      CROSS JOIN LATERAL (VALUES
        (p.oid IS NULL, 'is missing', 'take it from drizzle/0000_tenants_and_identity.sql'),
        (p.provolatile <> 's', 'is not STABLE', 'ALTER FUNCTION current_tenant_id() STABLE'),
        (p.proparallel <> 's', 'is not PARALLEL SAFE', 'ALTER FUNCTION current_tenant_id() PARALLEL SAFE'),
        (p.proconfig IS DISTINCT FROM '{search_path=pg_catalog}', 'has another search_path than pg_catalog, or further settings', 'ALTER FUNCTION current_tenant_id() RESET ALL; ALTER FUNCTION current_tenant_id() SET search_path = pg_catalog'),
        (p.prosecdef, 'is SECURITY DEFINER', 'ALTER FUNCTION current_tenant_id() SECURITY INVOKER'),
        (p.proowner::regrole::text <> 'rowhouse_owner', 'belongs to ' || p.proowner::regrole, 'ALTER FUNCTION current_tenant_id() OWNER TO rowhouse_owner'),
        (md5(p.prosrc) <> '${BODY}', 'has another body', 'CREATE OR REPLACE it with the text of drizzle/0000_tenants_and_identity.sql')
      ) AS judged (is_wrong, fault, mend)
      -- Before the first step there is nothing that it could guard.
      WHERE is_wrong AND (p.oid IS NOT NULL OR fault = 'is missing' AND EXISTS (SELECT FROM tenant_table))`,
  },
];
