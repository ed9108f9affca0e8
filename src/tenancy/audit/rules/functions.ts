import type { CatalogueRule } from '../rule.js';

const NAME = 'p.oid::regprocedure::text';

export const functionRules: CatalogueRule[] = [
  {
    id: 'A18',
    severity: 'blocking',
    title: 'The service can execute no SECURITY DEFINER function',
    why: 'It runs as its owner; without a pinned search_path whoever calls it also chooses what it calls.',
    query: `
      SELECT ${NAME}, 'is SECURITY DEFINER and rowhouse_app may execute it' ||
               CASE WHEN COALESCE(array_to_string(p.proconfig, ','), '') LIKE '%search_path=%' THEN '' ELSE ', and its search_path is not pinned' END,
             format('ALTER FUNCTION %s SECURITY INVOKER, or REVOKE EXECUTE ON FUNCTION %1$s FROM PUBLIC, rowhouse_app', ${NAME})
      FROM pg_proc p JOIN user_schema n ON n.oid = p.pronamespace, service s
      WHERE p.prosecdef AND p.prorettype <> 'trigger'::regtype AND has_function_privilege(s.oid, p.oid, 'EXECUTE')`,
  },
  {
    id: 'A19',
    severity: 'blocking',
    title: 'No function is LEAKPROOF',
    why: 'The planner runs such functions before the policies, on the rows of all tenants.',
    query: `
      SELECT ${NAME}, 'is LEAKPROOF', format('ALTER FUNCTION %s NOT LEAKPROOF', ${NAME})
      FROM pg_proc p JOIN user_schema n ON n.oid = p.pronamespace WHERE p.proleakproof`,
  },
  {
    id: 'A19',
    severity: 'warning',
    title: 'No trigger function of a tenant table is SECURITY DEFINER, and no tenant table has rewrite rules',
    why: 'Both do something else than the statement says, with the privileges of another role.',
    query: `
      SELECT t.name, format('has the trigger %I, whose function is SECURITY DEFINER', g.tgname),
             format('ALTER FUNCTION %s SECURITY INVOKER', ${NAME})
      FROM pg_trigger g JOIN tenant_table t ON t.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid
      WHERE p.prosecdef AND NOT g.tgisinternal
      UNION ALL
      SELECT t.name, format('has the rewrite rule %I', r.rulename), format('DROP RULE %I ON %s', r.rulename, t.name)
      FROM pg_rewrite r JOIN tenant_table t ON t.oid = r.ev_class`,
  },
];
