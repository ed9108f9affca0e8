export const policies = `
SELECT 'policy', kind || ' ' || label, quote_ident(polname), jsonb_build_object(
         'mode', CASE WHEN polpermissive THEN 'permissive' ELSE 'restrictive' END,
         'command', CASE polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
                                ELSE 'ALL' END,
         'roles', (SELECT string_agg(role, ', ' ORDER BY role)
                     FROM unnest(polroles) AS member, LATERAL (SELECT CASE member WHEN 0 THEN 'PUBLIC'
                                                                ELSE quote_ident(pg_get_userbyid(member)) END AS role) AS named),
         'using', pg_get_expr(polqual, polrelid),
         'with check', pg_get_expr(polwithcheck, polrelid))
  FROM relation JOIN pg_policy ON polrelid = relation.oid`;
