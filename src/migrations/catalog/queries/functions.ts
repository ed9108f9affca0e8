/** Functions, procedures and aggregates, each by its name and the types of its arguments. */
export const functions = `
SELECT CASE prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END, NULL,
       format('%s%s(%s)', prefix, quote_ident(proname), pg_get_function_identity_arguments(p.oid)), jsonb_build_object(
         'owner', pg_get_userbyid(proowner),
         'arguments', pg_get_function_arguments(p.oid),
         'result', pg_get_function_result(p.oid),
         'language', lanname,
         'volatility', CASE provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
         'security', CASE WHEN prosecdef THEN 'definer' ELSE 'invoker' END,
         'parallel', CASE proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' ELSE 'unsafe' END,
         'strict', CASE WHEN proisstrict THEN 'yes' ELSE 'no' END,
         'leakproof', CASE WHEN proleakproof THEN 'yes' END,
         'window', CASE prokind WHEN 'w' THEN 'yes' END,
         'settings', (SELECT string_agg(setting, ', ' ORDER BY setting) FROM unnest(proconfig) AS setting),
         'cost', procost::text,
         'rows', CASE WHEN proretset THEN prorows::text END,
         'body', coalesce(pg_get_function_sqlbody(p.oid), prosrc),
         'steps', (SELECT format('%s, %s, %s, initially %s', aggtransfn, aggfinalfn, format_type(aggtranstype, NULL), agginitval)
                     FROM pg_aggregate WHERE aggfnoid = p.oid),
         'comment', obj_description(p.oid, 'pg_proc'))
  FROM pg_proc p JOIN scope ON scope.oid = pronamespace JOIN pg_language ON pg_language.oid = prolang
 WHERE NOT EXISTS (SELECT FROM member WHERE classid = 'pg_proc'::regclass AND objid = p.oid)`;
