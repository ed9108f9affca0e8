import type { CatalogueRule } from '../rule.js';

/** Roles of PostgreSQL itself whose members read, write or end what is not theirs. */
const POWERFUL = `ARRAY['pg_read_all_data', 'pg_write_all_data', 'pg_monitor', 'pg_signal_backend', 'pg_read_server_files',
  'pg_write_server_files', 'pg_execute_server_program', 'pg_maintain']::name[]`;

/** The attributes of the role `r` that a login of the service must not have, in words; null where it has none. */
const attributesOf = (role: string) => `NULLIF(concat_ws(', ',
  CASE WHEN ${role}.rolsuper THEN 'SUPERUSER' END, CASE WHEN ${role}.rolbypassrls THEN 'BYPASSRLS' END,
  CASE WHEN ${role}.rolcreaterole THEN 'CREATEROLE' END, CASE WHEN ${role}.rolcreatedb THEN 'CREATEDB' END,
  CASE WHEN ${role}.rolreplication THEN 'REPLICATION' END), '')`;

const OWNED = `
  SELECT 'database ' || quote_ident(datname) AS thing, datdba AS owner FROM pg_database WHERE datname = current_database()
  UNION ALL SELECT 'schema ' || quote_ident(nspname), nspowner FROM user_schema
  UNION ALL SELECT c.oid::regclass::text, c.relowner FROM pg_class c JOIN user_schema n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  UNION ALL SELECT p.oid::regprocedure::text, p.proowner FROM pg_proc p JOIN user_schema n ON n.oid = p.pronamespace`;

export const roleRules: CatalogueRule[] = [
  {
    id: 'A02',
    severity: 'blocking',
    title: 'The login of the service is an ordinary role',
    why: 'Row security does not bind superusers and BYPASSRLS; the other attributes are ways to become one, or to copy the database.',
    query: `
      SELECT quote_ident(rolname), 'has ' || ${attributesOf('login')},
             CASE WHEN rolsuper THEN 'give DATABASE_URL the login rowhouse_app, whose URL npm run db:bootstrap prints; or: ' ELSE '' END
               || format('ALTER ROLE %I NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION', rolname)
      FROM login WHERE ${attributesOf('login')} IS NOT NULL
      UNION ALL
      SELECT quote_ident($2), 'does not exist', 'npm run db:bootstrap' WHERE NOT EXISTS (SELECT FROM login)`,
  },
  {
    id: 'A03',
    severity: 'blocking',
    title: 'The login of the service is a member of no powerful role',
    why: 'A member has what the role has, or takes it with SET ROLE.',
    query: `
      SELECT quote_ident(l.rolname),
             format('is a member of %I', r.rolname) || COALESCE(', which has ' || ${attributesOf('r')}, ''),
             format('REVOKE %I FROM %I', via.rolname, l.rolname)
      FROM login l CROSS JOIN LATERAL (
        WITH RECURSIVE held AS (
          SELECT roleid AS oid, roleid AS via FROM pg_auth_members WHERE member = l.oid
          UNION SELECT m.roleid, held.via FROM pg_auth_members m JOIN held ON held.oid = m.member)
        SELECT * FROM held) h
      JOIN pg_roles r ON r.oid = h.oid JOIN pg_roles via ON via.oid = h.via
      WHERE r.rolname = ANY (${POWERFUL}) OR ${attributesOf('r')} IS NOT NULL`,
  },
  {
    id: 'A04',
    severity: 'blocking',
    title: 'The login of the service owns nothing, and cannot become an owner',
    why: 'Owners switch row security off, and grant themselves the rest.',
    query: `
      SELECT quote_ident(l.rolname),
             CASE WHEN o.owner = l.oid THEN 'owns ' ELSE format('may become %I, who owns ', r.rolname) END
               || array_to_string((array_agg(o.thing ORDER BY o.thing))[1:3], ', ')
               || CASE WHEN count(*) > 3 THEN format(' and %s more', count(*) - 3) ELSE '' END,
             CASE WHEN o.owner = l.oid THEN format('REASSIGN OWNED BY %I TO rowhouse_owner', l.rolname)
                  ELSE format('REVOKE %I FROM %I', r.rolname, l.rolname) END
      FROM login l, (${OWNED}) AS o JOIN pg_roles r ON r.oid = o.owner
      WHERE NOT l.rolsuper AND pg_has_role(l.oid, o.owner, 'MEMBER')
      GROUP BY l.oid, l.rolname, o.owner, r.rolname`,
  },
  {
    id: 'A25',
    severity: 'blocking',
    title: 'No setting of the role or the database touches row security or the tenant',
    why: 'Every session would begin with it: with a tenant that nobody chose, or without triggers and foreign keys.',
    query: `
      SELECT whose, 'sets ' || setting, format('ALTER %s RESET %s', whose, split_part(setting, '=', 1))
      FROM pg_db_role_setting d, login l, unnest(d.setconfig) AS setting, LATERAL (SELECT CASE
          WHEN d.setrole = 0 AND d.setdatabase = 0 THEN 'ROLE ALL'
          WHEN d.setrole = 0 THEN format('DATABASE %I', current_database())
          WHEN d.setdatabase = 0 THEN format('ROLE %I', l.rolname)
          ELSE format('ROLE %I IN DATABASE %I', l.rolname, current_database()) END AS whose) AS w
      WHERE d.setrole IN (0, l.oid)
        AND d.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
        AND lower(split_part(setting, '=', 1)) IN ('row_security', 'session_replication_role', 'app.tenant_id')`,
  },
];
