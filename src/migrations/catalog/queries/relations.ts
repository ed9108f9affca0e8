/** Tables, views, materialized views and sequences, and the schemas they stand in. */
export const relations = `
SELECT 'schema' AS kind, NULL AS parent, quote_ident(nspname) AS name, jsonb_build_object(
         'owner', pg_get_userbyid(nspowner)) AS facts
  FROM scope
UNION ALL
SELECT kind, NULL, label, jsonb_build_object(
         'owner', pg_get_userbyid(relowner),
         'persistence', CASE relpersistence WHEN 'u' THEN 'unlogged' END,
         'row level security', CASE WHEN kind LIKE '%table' THEN
           CASE WHEN relrowsecurity THEN 'enabled' ELSE 'disabled' END END,
         'forced row level security', CASE WHEN kind LIKE '%table' THEN CASE WHEN relforcerowsecurity THEN 'yes' ELSE 'no' END END,
         'options', (SELECT string_agg(option, ', ' ORDER BY option) FROM unnest(reloptions) AS option),
         'replica identity', CASE relreplident WHEN 'f' THEN 'full' WHEN 'i' THEN 'index' WHEN 'n' THEN
           CASE WHEN kind = 'table' THEN 'nothing' END END,
         'partitioned by', CASE relkind WHEN 'p' THEN pg_get_partkeydef(oid) END,
         'partition', pg_get_expr(relpartbound, oid),
         'inherits', (SELECT string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = oid),
         'of type', CASE WHEN reloftype <> 0 THEN format_type(reloftype, NULL) END,
         'populated', CASE relkind WHEN 'm' THEN CASE WHEN relispopulated THEN 'yes' ELSE 'no' END END,
         'definition', CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END,
         'sequence', (SELECT format('%s from %s by %s, between %s and %s, cache %s%s', format_type(seqtypid, NULL), seqstart,
                               seqincrement, seqmin, seqmax, seqcache, CASE WHEN seqcycle THEN ', cycles' END)
                        FROM pg_sequence WHERE seqrelid = oid),
         'owned by', (SELECT refobjid::regclass || '.' || quote_ident(attname)
                        FROM pg_depend JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
                       WHERE relkind = 'S' AND classid = 'pg_class'::regclass AND objid = relation.oid
                         AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i') LIMIT 1),
         'comment', obj_description(oid, 'pg_class'))
  FROM relation`;
