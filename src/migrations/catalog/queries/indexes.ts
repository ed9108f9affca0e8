/** Those that no constraint stands on. */
export const indexes = `
SELECT 'index', kind || ' ' || label, quote_ident(class.relname), jsonb_build_object(
         'definition', pg_get_indexdef(indexrelid),
         'state', CASE WHEN indisvalid AND indisready THEN 'valid' ELSE 'invalid' END,
         'replica identity', CASE WHEN indisreplident THEN 'yes' END)
  FROM relation JOIN pg_index ON indrelid = relation.oid JOIN pg_class AS class ON class.oid = indexrelid
 WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid AND contype IN ('p', 'u', 'x'))`;
