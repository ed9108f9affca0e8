/** What seldom occurs: extensions, default privileges, extended statistics, event triggers. */
export const others = `
SELECT 'extension', NULL, quote_ident(extname), jsonb_build_object('schema', nspname, 'version', extversion)
  FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace
UNION ALL
SELECT 'default privilege', NULL, format('%s on %s%s made by %s, to %s', privilege_type, CASE defaclobjtype
         WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' ELSE 'schemas' END,
         (SELECT ' in schema ' || quote_ident(nspname) FROM scope WHERE scope.oid = defaclnamespace), pg_get_userbyid(defaclrole),
         CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END),
       jsonb_build_object('with grant option', CASE WHEN is_grantable THEN 'yes' END)
  FROM pg_default_acl, LATERAL aclexplode(defaclacl)
UNION ALL
SELECT 'statistics', kind || ' ' || label, quote_ident(stxname), jsonb_build_object('definition', pg_get_statisticsobjdef(s.oid))
  FROM pg_statistic_ext s JOIN relation ON relation.oid = stxrelid
UNION ALL
SELECT 'event trigger', NULL, quote_ident(evtname), jsonb_build_object('event', evtevent, 'function', evtfoid::regprocedure::text,
         'state', CASE evtenabled WHEN 'O' THEN 'enabled' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica only' ELSE 'always' END,
         'tags', array_to_string(evttags, ', '))
  FROM pg_event_trigger
 WHERE NOT EXISTS (SELECT FROM member WHERE classid = 'pg_event_trigger'::regclass AND objid = pg_event_trigger.oid)`;
