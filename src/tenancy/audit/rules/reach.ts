import { revokedFunctions } from '../../../database/revoked-functions.js';
import type { CatalogueRule } from '../rule.js';

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const GROUPS = revokedFunctions
  .map(({ name, pattern, why }) => `(${[name, pattern, why].map(quoted).join(', ')})`)
  .join(', ');
/** All of them at once: to ask three thousand functions for each group took half of the audit's time. */
const ANY_GROUP = quoted(revokedFunctions.map(({ pattern }) => pattern).join('|'));

/** What the service can reach beside the tables. */
export const reachRules: CatalogueRule[] = [
  {
    id: 'A22',
    severity: 'warning',
    title: 'The service executes no function that reaches past its tenant or its transaction',
    why: 'SQL that got in as a value could use them. Some providers do not let anybody revoke them.',
    query: `
      SELECT g.name,
             format('may be used by rowhouse_app: %s%s', array_to_string((array_agg(DISTINCT p.proname ORDER BY p.proname))[1:3], ', '),
                    CASE WHEN count(DISTINCT p.proname) > 3 THEN ', ...' ELSE '' END) || '. They ' || g.why,
             format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC, rowhouse_app /* as a superuser; npm run db:bootstrap does it */',
                    string_agg(p.oid::regprocedure::text, ', ' ORDER BY p.oid::regprocedure::text))
      FROM service s, (VALUES ${GROUPS}) AS g (name, pattern, why) 
        JOIN (SELECT * FROM pg_proc WHERE proname ~ ${ANY_GROUP} OFFSET 0) AS p ON p.proname ~ g.pattern
      WHERE p.pronamespace = 'pg_catalog'::regnamespace AND has_function_privilege(s.oid, p.oid, 'EXECUTE')
      GROUP BY g.name, g.why
      UNION ALL
      SELECT 'language ' || quote_ident(l.lanname), 'may be used by rowhouse_app, also in DO blocks',
             format('REVOKE USAGE ON LANGUAGE %I FROM PUBLIC, rowhouse_app /* as a superuser; npm run db:bootstrap does it */', l.lanname)
      FROM pg_language l, service s WHERE l.lanname = 'plpgsql' AND has_language_privilege(s.oid, l.oid, 'USAGE')`,
  },
  {
    id: 'A23',
    severity: 'warning',
    title: 'The service uses no sequence',
    why: 'Its next value tells each tenant how much the others write.',
    query: `
      SELECT c.oid::regclass::text, 'is a sequence that rowhouse_app may use',
             format('REVOKE ALL ON SEQUENCE %s FROM PUBLIC, rowhouse_app', c.oid::regclass)
      FROM pg_class c JOIN user_schema n ON n.oid = c.relnamespace, service s
      WHERE c.relkind = 'S' AND has_sequence_privilege(s.oid, c.oid, 'USAGE,SELECT,UPDATE')`,
  },
  {
    id: 'A24',
    severity: 'warning',
    title: 'No publication holds tenant tables, and there are no large objects',
    why: 'Neither knows row security: a subscriber gets the rows of all tenants.',
    query: `
      SELECT 'publication ' || quote_ident(p.pubname),
             CASE WHEN p.puballtables THEN 'holds all tables' ELSE 'holds ' || t.names END,
             CASE WHEN p.puballtables OR t.is_whole_schema THEN format('DROP PUBLICATION %I', p.pubname)
                  ELSE format('ALTER PUBLICATION %I DROP TABLE %s', p.pubname, t.names) END
      FROM pg_publication p CROSS JOIN LATERAL (
        SELECT string_agg(t.name, ', ' ORDER BY t.name) AS names, bool_or(n.pnpubid IS NOT NULL) AS is_whole_schema
        FROM tenant_table t JOIN pg_class c ON c.oid = t.oid
          LEFT JOIN pg_publication_rel r ON r.prpubid = p.oid AND r.prrelid = t.oid
          LEFT JOIN pg_publication_namespace n ON n.pnpubid = p.oid AND n.pnnspid = c.relnamespace
        WHERE r.oid IS NOT NULL OR n.oid IS NOT NULL) AS t
      WHERE p.puballtables OR t.names IS NOT NULL
      UNION ALL
      SELECT 'large objects', format('exist: %s of them', count(*)), 'SELECT lo_unlink(oid) FROM pg_largeobject_metadata'
      FROM pg_largeobject_metadata HAVING count(*) > 0`,
  },
];
