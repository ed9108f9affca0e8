/** A view's columns are in its definition. `position` counts the columns that are there, not those ever added. */
export const columns = `
SELECT 'column', kind || ' ' || label, quote_ident(attname), jsonb_build_object(
         'type', format_type(atttypid, atttypmod),
         'nullability', CASE
           WHEN NOT attnotnull THEN 'nullable'
           WHEN EXISTS (SELECT FROM pg_constraint WHERE conrelid = attrelid AND contype = 'n' AND conkey = ARRAY[attnum]
                           AND NOT convalidated) THEN 'NOT NULL, not valid'
           ELSE 'NOT NULL' END,
         'default', pg_get_expr(adbin, adrelid),
         'generated', CASE attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END,
         'identity', CASE attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
         'collation', CASE WHEN attcollation <> typcollation THEN attcollation::regcollation::text END,
         'storage', CASE WHEN attstorage <> typstorage THEN attstorage::text END,
         'compression', nullif(attcompression::text, ''),
         'comment', col_description(attrelid, attnum),
         'position', (row_number() OVER (PARTITION BY attrelid ORDER BY attnum))::text)
  FROM relation JOIN pg_attribute ON attrelid = relation.oid AND attnum > 0 AND NOT attisdropped
  JOIN pg_type ON pg_type.oid = atttypid
  LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
 WHERE kind IN ('table', 'foreign table')`;
