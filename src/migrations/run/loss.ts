import { escapeIdentifier } from 'pg';
import type { RunQuery } from '../run-query.js';

const countTimeoutMs = 5_000;

/**
 * What is in a table (`quotes`, `public.quotes`) or a column (`quotes.note`), in words; undefined: it is neither. Counted
 * past row security, for five seconds at most; then estimated.
 */
export async function lossOf(query: RunQuery, object: string): Promise<string | undefined> {
  const table = await tableNamed(query, object);
  if (table) return counted(query, `SELECT count(*)::float8 AS count FROM ${table}`, table, 'rows');
  const dot = object.lastIndexOf('.');
  const owner = dot < 0 ? undefined : await tableNamed(query, object.slice(0, dot));
  if (!owner) return undefined;
  const { rows } = await query(
    `SELECT quote_ident(attname) AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attname = $2 AND NOT attisdropped`,
    [owner, object.slice(dot + 1).replaceAll('"', '')],
  );
  const column = rows[0]?.['name'];
  if (typeof column !== 'string') return undefined;
  return counted(
    query,
    `SELECT count(${column})::float8 AS count FROM ${owner}`,
    owner,
    'values that are not null',
  );
}

async function tableNamed(query: RunQuery, name: string): Promise<string | undefined> {
  // As the parser says it: without quotes, also where capitals would need them.
  const quoted = name.split('.').map((part) => escapeIdentifier(part.replaceAll('"', '')));
  // Not every object's name is one that PostgreSQL can read as such.
  const { rows } = await query(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relkind IN ('r', 'p', 'm', 'f') AND oid = to_regclass($1)`,
    [quoted.join('.')],
  ).catch(() => ({ rows: [] }));
  return rows[0]?.['name'] as string | undefined;
}

async function counted(query: RunQuery, count: string, table: string, unit: string): Promise<string> {
  await query(`SET statement_timeout = ${countTimeoutMs}`);
  await query(`SET lock_timeout = ${countTimeoutMs}`);
  try {
    const { rows } = await query(count);
    return `${Number(rows[0]?.['count'])} ${unit}`;
  } catch {
    const { rows } = await query(
      'SELECT greatest(reltuples, 0)::float8 AS count FROM pg_class WHERE oid = $1::regclass',
      [table],
    );
    return `about ${Number(rows[0]?.['count'])} rows`;
  } finally {
    await query('RESET statement_timeout');
    await query('RESET lock_timeout');
  }
}
