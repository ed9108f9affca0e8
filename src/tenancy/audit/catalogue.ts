/**
 * What the rules ask, read once. `$1` are the names of the declared tenant tables, `$2` is the login of the tenant pool,
 * `$3` the version that the server is taken for (null: its own).
 * - `login`: the role that the service uses; `service`: the same, as far as privileges go. Of a superuser, who passes
 *   every question about privileges, and of a login that is none, A02 says so; the others ask for rowhouse_app.
 * - `relation`: everything in user schemas; `granted`: the service has some privilege on it, or on one of its columns.
 * - `tenant_table`: tables with a privilege of the service, and the declared ones. `k` is the number of `tenant_id`.
 *   Partitions and children of these are judged by a rule of their own; what is declared, or hangs on a parent that is
 *   neither, is judged here: or INHERIT of an empty table would take every rule away.
 * - `privilege`: what the service may do, by whichever grant, on relations and columns.
 */
export const CATALOGUE = `
login AS MATERIALIZED (
  SELECT oid, rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname = $2
),
service AS MATERIALIZED (
  SELECT oid, rolname FROM pg_roles
  WHERE rolname = CASE WHEN (SELECT NOT rolsuper FROM login) THEN $2 ELSE 'rowhouse_app' END
),
user_schema AS MATERIALIZED (
  SELECT oid, nspname, nspowner FROM pg_namespace
  WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
),
relation AS MATERIALIZED (
  SELECT c.oid, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, c.relowner, c.relacl,
         c.oid::regclass::text AS name, n.nspname,
         has_table_privilege(s.oid, c.oid, 'SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER')
           OR has_any_column_privilege(s.oid, c.oid, 'SELECT,INSERT,UPDATE,REFERENCES') AS granted
  FROM service s, pg_class c JOIN user_schema n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
),
child AS MATERIALIZED (SELECT inhrelid AS oid, inhparent AS parent FROM pg_inherits),
tenant_table AS MATERIALIZED (
  SELECT r.*, a.attnum AS k, a.attnotnull, a.atttypid
  FROM relation r LEFT JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
  WHERE r.relkind IN ('r', 'p') AND (r.granted OR r.nspname = 'public' AND r.relname = ANY ($1))
    AND (r.nspname = 'public' AND r.relname = ANY ($1) OR NOT EXISTS (
      WITH RECURSIVE ancestor AS (
        SELECT parent AS oid FROM child WHERE child.oid = r.oid
        UNION SELECT child.parent FROM child JOIN ancestor ON ancestor.oid = child.oid)
      SELECT FROM ancestor JOIN relation a USING (oid) WHERE a.granted OR a.nspname = 'public' AND a.relname = ANY ($1)))
),
privilege AS MATERIALIZED (
  SELECT r.oid, r.name, NULL::smallint AS attnum, NULL::name AS attname, acl.*
  FROM relation r, aclexplode(r.relacl) acl, service s
  WHERE CASE WHEN acl.grantee = 0 THEN true ELSE pg_has_role(s.oid, acl.grantee, 'USAGE') END
  UNION ALL
  SELECT r.oid, r.name, a.attnum, a.attname, acl.*
  FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attacl IS NOT NULL AND NOT a.attisdropped,
       aclexplode(a.attacl) acl, service s
  WHERE CASE WHEN acl.grantee = 0 THEN true ELSE pg_has_role(s.oid, acl.grantee, 'USAGE') END
),
service_policy AS MATERIALIZED (
  SELECT p.oid, p.polname, p.polrelid, p.polpermissive, p.polcmd, p.polroles, r.name,
         pg_get_expr(p.polqual, p.polrelid) AS using_text, pg_get_expr(p.polwithcheck, p.polrelid) AS check_text
  FROM pg_policy p JOIN relation r ON r.oid = p.polrelid, service s
  WHERE EXISTS (SELECT FROM unnest(p.polroles) AS role
                WHERE CASE WHEN role = 0 THEN true ELSE pg_has_role(s.oid, role, 'USAGE') END)
)`;
