import type { CatalogueRule } from '../rule.js';

export const privilegeRules: CatalogueRule[] = [
  {
    id: 'A17',
    severity: 'blocking',
    title: 'The service has SELECT, INSERT, UPDATE, DELETE of its own and nothing else',
    why: 'TRUNCATE passes row security by, REFERENCES and TRIGGER let others’ rows be probed, and what PUBLIC has, every login has.',
    query: `
      SELECT name || COALESCE('.' || quote_ident(attname), ''),
             CASE WHEN grantee = 0 THEN 'grants ' || privilege_type || ' to PUBLIC'
                  WHEN is_grantable THEN 'lets rowhouse_app grant ' || privilege_type || ' to others'
                  ELSE 'grants ' || privilege_type || ' to rowhouse_app' END,
             CASE WHEN grantee <> 0 AND privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
                    THEN format('REVOKE GRANT OPTION FOR %s%s ON %s FROM %s', privilege_type, of_column, name, grantee::regrole)
                  ELSE format('REVOKE %s%s ON %s FROM %s', privilege_type, of_column, name,
                              CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END) END
      FROM privilege, LATERAL (SELECT COALESCE(' (' || quote_ident(attname) || ')', '') AS of_column) AS o
      WHERE grantee = 0 OR is_grantable OR privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')`,
  },
  {
    id: 'A20',
    severity: 'blocking',
    title: 'No default privileges for the service or PUBLIC',
    why: 'A table would be granted the moment it is created, before it has row security.',
    query: `
      SELECT COALESCE('schema ' || quote_ident(n.nspname), 'the database'),
             format('has default privileges of %s that grant %s to %s', d.defaclrole::regrole, acl.privilege_type,
                    CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END),
             format('ALTER DEFAULT PRIVILEGES FOR ROLE %s%s REVOKE %s ON %s FROM %s', d.defaclrole::regrole,
                    COALESCE(' IN SCHEMA ' || quote_ident(n.nspname), ''), acl.privilege_type,
                    CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END,
                    CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END)
      FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace, aclexplode(d.defaclacl) acl, service s
      -- Functions and types are PUBLIC's by PostgreSQL's own default, whatever else is granted.
      WHERE CASE WHEN acl.grantee = 0 THEN d.defaclobjtype NOT IN ('f', 'T') ELSE pg_has_role(s.oid, acl.grantee, 'USAGE') END`,
  },
  {
    id: 'A21',
    severity: 'blocking',
    title: 'The service cannot create anything in a schema or in the database',
    why: 'A function or table of its own, found before ours in the search path, answers in our place.',
    query: `
      SELECT 'schema ' || quote_ident(nspname), 'lets rowhouse_app create objects in it',
             format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC, rowhouse_app', nspname)
      FROM user_schema, service s WHERE has_schema_privilege(s.oid, user_schema.oid, 'CREATE')
      UNION ALL
      SELECT 'database ' || quote_ident(current_database()), 'lets rowhouse_app create schemas',
             format('REVOKE CREATE ON DATABASE %I FROM PUBLIC, rowhouse_app', current_database())
      FROM service s WHERE has_database_privilege(s.oid, current_database(), 'CREATE')`,
  },
  {
    id: 'A21',
    severity: 'warning',
    title: 'The service cannot create temporary tables',
    why: 'Temporary tables are found before ours, and outlive the transaction of their tenant.',
    query: `
      SELECT 'database ' || quote_ident(current_database()), 'lets rowhouse_app create temporary tables',
             format('REVOKE TEMP ON DATABASE %I FROM PUBLIC, rowhouse_app', current_database())
      FROM service s WHERE has_database_privilege(s.oid, current_database(), 'TEMP')`,
  },
];
