import { randomUUID } from 'node:crypto';
import type { EmptyDatabase } from './migrations.js';

const TABLES = `
SELECT jsonb_object_agg('public.' || c.relname, jsonb_build_object(
         'name', c.relname, 'schema', '', 'policies', '{}'::jsonb, 'uniqueConstraints', '{}'::jsonb,
         'columns', (SELECT jsonb_object_agg(attname, jsonb_build_object('name', attname, 'primaryKey', false,
                       'type', format_type(atttypid, atttypmod), 'notNull', attnotnull))
                       FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped),
         'indexes', (SELECT coalesce(jsonb_object_agg(i.indexrelid::regclass, jsonb_build_object(
                       'name', i.indexrelid::regclass, 'isUnique', i.indisunique,
                       'columns', (SELECT jsonb_agg(jsonb_build_object('expression', a.attname, 'isExpression', false))
                                     FROM pg_attribute a WHERE a.attrelid = i.indexrelid))), '{}')
                       FROM pg_index i WHERE i.indrelid = c.oid AND NOT i.indisprimary),
         'compositePrimaryKeys', constraints_of(c.oid, 'p'),
         'foreignKeys', constraints_of(c.oid, 'f'),
         'checkConstraints', constraints_of(c.oid, 'c'))) AS tables
  FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`;

const CONSTRAINTS_OF = `
CREATE FUNCTION pg_temp.constraints_of(oid, "char") RETURNS jsonb LANGUAGE sql AS $$
  SELECT coalesce(jsonb_object_agg(conname, jsonb_build_object('name', conname, 'columns', names(conrelid, conkey),
           'value', pg_get_constraintdef(oid), 'tableFrom', conrelid::regclass, 'tableTo', confrelid::regclass,
           'columnsFrom', names(conrelid, conkey), 'columnsTo', names(confrelid, confkey))), '{}')
    FROM pg_constraint WHERE conrelid = $1 AND contype = $2 $$`;
const NAMES = `
CREATE FUNCTION pg_temp.names(oid, smallint[]) RETURNS jsonb LANGUAGE sql AS $$
  SELECT coalesce(jsonb_agg(attname ORDER BY n), '[]') FROM unnest($2) WITH ORDINALITY AS k (number, n)
    JOIN pg_attribute ON attrelid = $1 AND attnum = k.number $$`;

/** What drizzle-kit would have noted of this database, as far as the linter reads it; for steps written by hand. */
export async function snapshotOfDatabase(database: EmptyDatabase, prevId: string): Promise<{ id: string }> {
  const text = `${NAMES};${CONSTRAINTS_OF.replaceAll('names(', 'pg_temp.names(')};${TABLES.replaceAll('constraints_of', 'pg_temp.constraints_of')}`;
  // Several statements in one query answer as many results.
  const results = (await database.query(text)) as unknown as { rows: { tables: object }[] }[];
  const tables = results.at(-1)?.rows[0]?.tables ?? {};
  return { id: randomUUID(), prevId, version: '7', dialect: 'postgresql', tables, enums: {} } as never;
}
