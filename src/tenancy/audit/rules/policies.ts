import type { CatalogueRule } from '../rule.js';

const OWN_ROWS = '(tenant_id = current_tenant_id())';
const IS_CANONICAL = `
  p.polcmd = '*' AND p.using_text = '${OWN_ROWS}' AND p.check_text = '${OWN_ROWS}' AND EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_policy'::regclass AND d.objid = p.oid
      AND d.refclassid = 'pg_proc'::regclass AND d.refobjid = to_regprocedure('public.current_tenant_id()'))`;
const OWN_ROWS_TWICE = 'USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id())';

export const policyRules: CatalogueRule[] = [
  {
    id: 'A07',
    severity: 'blocking',
    title: 'A tenant table has exactly the two canonical policies for the service',
    why: 'Any other policy shows rows of another tenant, lets some be written, or hides what belongs to the tenant.',
    query: `
      SELECT t.name, format('is without a %s policy for rowhouse_app with %s in USING and WITH CHECK', lower(kind), '${OWN_ROWS}'),
             format('DROP POLICY IF EXISTS %1$I ON %2$s; CREATE POLICY %1$I ON %2$s AS %3$s FOR ALL TO rowhouse_app ${OWN_ROWS_TWICE}', t.relname || suffix, t.name, kind)
      FROM tenant_table t, (VALUES (true, 'PERMISSIVE', '_tenant'), (false, 'RESTRICTIVE', '_floor')) AS wanted (permissive, kind, suffix)
      WHERE NOT EXISTS (SELECT FROM service_policy p WHERE p.polrelid = t.oid AND p.polpermissive = permissive AND ${IS_CANONICAL})
      UNION ALL
      SELECT t.name, format('has the policy %I, which is not one of the two: %s', p.polname,
                            concat_ws(', ', 'USING ' || p.using_text, 'WITH CHECK ' || p.check_text)),
             format('DROP POLICY %I ON %s', p.polname, t.name)
      FROM tenant_table t JOIN service_policy p ON p.polrelid = t.oid
      WHERE NOT COALESCE(${IS_CANONICAL}, false)`,
  },
  {
    id: 'A08',
    severity: 'blocking',
    title: 'No policy for the service is true for every row',
    why: 'Permissive policies are joined with OR: one that is always true opens the table to all tenants.',
    query: `
      SELECT name, format('has the policy %I, which is true for every row', polname),
             format('DROP POLICY %I ON %s', polname, name)
      FROM service_policy WHERE 'true' IN (using_text, check_text)`,
  },
  {
    id: 'A08',
    severity: 'warning',
    title: 'Every policy for the service has a predicate',
    why: 'A policy without a predicate locks everybody out, where it looks as if it let somebody in.',
    query: `
      SELECT name, format('has the policy %I without a predicate', polname),
             format('DROP POLICY %I ON %s', polname, name)
      FROM service_policy WHERE using_text IS NULL AND check_text IS NULL`,
  },
];
