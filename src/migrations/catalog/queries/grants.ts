/**
 * Who may do what, a privilege each; never granted anything means PostgreSQL's defaults. The owner's own are told as
 * the owner's, so that a wrong owner is one difference. MAINTAIN exists from 17 on and every owner has it.
 */
export const grants = `
SELECT 'grant', object, format('%s%s to %s', privilege_type, part, CASE grantee
         WHEN owner THEN 'its owner' WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END),
       jsonb_build_object('with grant option', CASE WHEN bool_or(is_grantable) THEN 'yes' END)
  FROM (
    SELECT kind || ' ' || label AS object, '' AS part, relowner AS owner,
           coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, relowner)) AS acl
      FROM relation
    UNION ALL
    SELECT kind || ' ' || label, format(' (%s)', quote_ident(attname)), relowner, attacl
      FROM relation JOIN pg_attribute ON attrelid = relation.oid AND attacl IS NOT NULL AND NOT attisdropped
    UNION ALL
    SELECT 'schema ' || quote_ident(nspname), '', nspowner, coalesce(nspacl, acldefault('n', nspowner)) FROM scope
    UNION ALL
    SELECT format('%s %s%s(%s)', CASE prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
                  prefix, quote_ident(proname), pg_get_function_identity_arguments(p.oid)), '', proowner,
           coalesce(proacl, acldefault('f', proowner))
      FROM pg_proc p JOIN scope ON scope.oid = pronamespace
     WHERE NOT EXISTS (SELECT FROM member WHERE classid = 'pg_proc'::regclass AND objid = p.oid)
    UNION ALL
    SELECT CASE typtype WHEN 'e' THEN 'enum ' ELSE 'domain ' END || prefix || quote_ident(typname), '', typowner,
           coalesce(typacl, acldefault('T', typowner))
      FROM pg_type t JOIN scope ON scope.oid = typnamespace
     WHERE typtype IN ('e', 'd') AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_type'::regclass AND objid = t.oid)
  ) AS granted, LATERAL aclexplode(acl)
 WHERE NOT (privilege_type = 'MAINTAIN' AND grantee = owner)
 GROUP BY object, part, privilege_type, owner, grantee`;
