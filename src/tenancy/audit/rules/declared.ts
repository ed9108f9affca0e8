import type { CatalogueRule } from '../rule.js';

export const declaredRules: CatalogueRule[] = [
  {
    id: 'A26',
    severity: 'blocking',
    title: 'The tenant tables of the database are those of the code',
    why: 'What the code does not know is tested by nobody; what the database does not have fails when it is used.',
    query: `
      SELECT quote_ident(declared), 'is declared as a tenant table and not in the database', 'npm run db:migrate, or npm run db:generate where no step creates it'
      FROM unnest($1) AS declared
      WHERE NOT EXISTS (SELECT FROM relation r WHERE r.nspname = 'public' AND r.relname = declared AND r.relkind IN ('r', 'p'))
      UNION ALL
      SELECT name, 'is granted to rowhouse_app and not among the tables of src/schema.ts', 'declare it with tenantTable() and name its schema file in src/schema.ts; or: ' || format('REVOKE ALL ON %s FROM rowhouse_app', name)
      FROM tenant_table WHERE granted AND NOT (nspname = 'public' AND relname = ANY ($1))`,
  },
];
