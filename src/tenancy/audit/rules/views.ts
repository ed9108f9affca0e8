import type { CatalogueRule } from '../rule.js';

export const viewRules: CatalogueRule[] = [
  {
    id: 'A14',
    severity: 'blocking',
    title: 'Views that the service reads run with its own privileges',
    why: "Without security_invoker a view is read as its owner, behind the owner's policies.",
    query: `
      SELECT name, 'is readable by rowhouse_app without security_invoker', format('ALTER VIEW %s SET (security_invoker = true)', name)
      FROM relation WHERE relkind = 'v' AND granted
        AND NOT EXISTS (SELECT FROM pg_options_to_table(reloptions) WHERE option_name = 'security_invoker' AND option_value::boolean)`,
  },
  {
    id: 'A15',
    severity: 'blocking',
    title: 'No materialized view and no foreign table is granted to the service',
    why: 'Neither can have row security: whoever may read it reads the rows of all tenants.',
    query: `
      SELECT name, 'is a ' || CASE relkind WHEN 'm' THEN 'materialized view' ELSE 'foreign table' END || ' granted to rowhouse_app or PUBLIC',
             format('REVOKE ALL ON %s FROM PUBLIC, rowhouse_app', name)
      FROM relation WHERE relkind IN ('m', 'f') AND granted`,
  },
];
