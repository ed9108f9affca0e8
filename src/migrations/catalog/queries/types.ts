/** Enums, domains, composite types and ranges; the row types of tables and the arrays of all are left out. */
export const types = `
SELECT CASE typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' ELSE 'type' END, NULL,
       prefix || quote_ident(typname), jsonb_build_object(
         'owner', pg_get_userbyid(typowner),
         'values', (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid),
         'type', CASE typtype WHEN 'd' THEN format_type(typbasetype, typtypmod) END,
         'nullability', CASE WHEN typtype = 'd' AND typnotnull THEN 'NOT NULL' END,
         'default', CASE typtype WHEN 'd' THEN typdefault END,
         'collation', CASE WHEN typtype = 'd' AND typcollation <> 0 THEN typcollation::regcollation::text END,
         'constraints', (SELECT string_agg(quote_ident(conname) || ' ' || pg_get_constraintdef(oid), ', ' ORDER BY conname)
                           FROM pg_constraint WHERE contypid = t.oid AND contype = 'c'),
         'attributes', (SELECT string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum)
                          FROM pg_attribute WHERE attrelid = typrelid AND typtype = 'c' AND attnum > 0 AND NOT attisdropped),
         'subtype', (SELECT format_type(rngsubtype, NULL) FROM pg_range WHERE rngtypid = t.oid),
         'comment', obj_description(t.oid, 'pg_type'))
  FROM pg_type t JOIN scope ON scope.oid = typnamespace
 WHERE (typtype IN ('e', 'd', 'r')
        OR typtype = 'c' AND EXISTS (SELECT FROM pg_class WHERE pg_class.oid = typrelid AND relkind = 'c'))
   AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_type'::regclass AND objid = t.oid)`;
