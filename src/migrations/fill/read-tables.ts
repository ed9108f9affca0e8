import type { RunQuery } from '../run-query.js';

/** What the catalogue says of a table that rows are made for. */
export interface FillTable {
  /** Quoted, with its schema. */
  name: string;
  columns: FillColumn[];
  foreignKeys: { table: string; columns: string[]; referenced: string[] }[];
  /** CHECK, UNIQUE and primary key, and unique indexes: which columns they speak of, and the text of a CHECK. */
  rules: { name: string; columns: string[]; text: string }[];
}

export interface FillColumn {
  name: string;
  /** As it is cast to: `character varying(20)`, `text[]`. */
  type: string;
  isNullable: boolean;
  hasDefault: boolean;
  /** In their order; of an enum only. */
  labels: string[];
}

/** All ordinary and partitioned tables but the ledgers, parents before those that refer to them where that is possible. */
export async function readTables(query: RunQuery): Promise<FillTable[]> {
  const { rows } = await query(everything);
  return inOrder((rows as { fill: FillTable }[]).map(({ fill }) => fill));
}

const names = (table: string, numbers: string) =>
  `(SELECT coalesce(jsonb_agg(a.attname ORDER BY part.place), '[]') FROM unnest(${numbers}) WITH ORDINALITY part (attnum, place)
      JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = part.attnum)`;

const everything = `
SELECT jsonb_build_object(
  'name', format('%I.%I', n.nspname, c.relname),
  'columns', (SELECT coalesce(jsonb_agg(jsonb_build_object(
      'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
      'isNullable', NOT a.attnotnull, 'hasDefault', a.atthasdef,
      'labels', (SELECT coalesce(jsonb_agg(e.enumlabel ORDER BY e.enumsortorder), '[]')
                   FROM pg_enum e WHERE e.enumtypid = a.atttypid)) ORDER BY a.attnum), '[]')
    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     AND a.attgenerated = '' AND a.attidentity <> 'a'),
  'foreignKeys', (SELECT coalesce(jsonb_agg(jsonb_build_object(
      'table', (SELECT format('%I.%I', rn.nspname, r.relname) FROM pg_class r JOIN pg_namespace rn ON rn.oid = r.relnamespace
                 WHERE r.oid = k.confrelid),
      'columns', ${names('k.conrelid', 'k.conkey')}, 'referenced', ${names('k.confrelid', 'k.confkey')})), '[]')
    FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f'),
  'rules', (SELECT coalesce(jsonb_agg(rule), '[]') FROM (
      SELECT jsonb_build_object('name', k.conname, 'columns', ${names('k.conrelid', 'k.conkey')},
                                'text', pg_get_constraintdef(k.oid)) AS rule
        FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('c', 'p', 'u')
      UNION ALL
      SELECT jsonb_build_object('name', i.relname, 'text', '',
               'columns', ${names('c.oid', '(SELECT array_agg(DISTINCT d.refobjsubid) FROM pg_depend d WHERE d.objid = i.oid AND d.refobjid = c.oid AND d.refobjsubid > 0)')})
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
       WHERE x.indrelid = c.oid AND x.indisunique
         AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid AND k.conrelid = c.oid)) rules)) AS fill
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
   AND n.nspname !~ '^(pg_|information_schema$)' AND n.nspname NOT IN ('rowhouse', 'drizzle')
 ORDER BY n.nspname, c.relname`;

function inOrder(tables: FillTable[]): FillTable[] {
  const ordered: FillTable[] = [];
  let left = tables;
  while (left.length > 0) {
    const waiting = new Set(left.map(({ name }) => name));
    const isReady = (table: FillTable) =>
      table.foreignKeys.every(({ table: parent }) => parent === table.name || !waiting.has(parent));
    // In a circle somebody has to begin: a nullable reference stays empty then.
    const next = left.find(isReady) ?? left[0];
    ordered.push(...left.filter((table) => table === next));
    left = left.filter((table) => table !== next);
  }
  return ordered;
}
