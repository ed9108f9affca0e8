import type { RunQuery } from '../run-query.js';
import { type Candidate, candidatesFor } from './candidates.js';
import { type FillColumn, type FillTable, readTables } from './read-tables.js';

/** What came of it. */
export interface Filled {
  /** Rows in each table, also those that were there before. */
  rows: Record<string, number>;
  /** Tables that could not be given one, with PostgreSQL's last refusal. */
  empty: { table: string; reason: string }[];
}

const ROWS_PER_TABLE = 2;
const MOST_ATTEMPTS = 500;

type Row = Record<string, string | null>;

/**
 * Puts rows into every table of any schema: row n of a table belongs to row n of those it refers to, and so each tenant
 * table gets rows of two tenants. Values come from types, enums and what the CHECKs name; a refused row is tried again with
 * other values for the columns of the rule that refused it. The same database gets the same rows.
 * @param query a superuser's, on one connection.
 */
export async function fillRows(query: RunQuery): Promise<Filled> {
  const filled: Filled = { rows: {}, empty: [] };
  const made = new Map<string, Row[]>();
  for (const table of await readTables(query)) {
    let reason = '';
    for (let n = 1; n <= ROWS_PER_TABLE; n += 1) {
      const result = await insertRow(query, table, n, made);
      if (typeof result === 'string') reason = result;
      else made.set(table.name, [...(made.get(table.name) ?? []), result]);
    }
    const { rows } = await query(`SELECT count(*)::int AS count FROM ${table.name}`);
    const count = Number(rows[0]?.['count']);
    filled.rows[table.name] = count;
    if (count === 0) filled.empty.push({ table: table.name, reason });
  }
  return filled;
}

/** The row as it is stored, or why there is none. */
async function insertRow(
  query: RunQuery,
  table: FillTable,
  n: number,
  made: ReadonlyMap<string, Row[]>,
): Promise<Row | string> {
  const given = references(table, n, made);
  const free = table.columns.filter(({ name }) => !(name in given));
  const candidates = new Map(free.map((column) => [column.name, candidatesFor(column, table, n)]));
  const chosen = new Map(free.map(({ name }) => [name, 0]));
  const random = randomFrom(n);
  let refusal: Refusal = { message: 'no value to try' };
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const values = free.map(({ name }) => [name, candidates.get(name)?.[chosen.get(name) ?? 0]] as const);
    const result = await tryInsert(query, table, { ...given, ...Object.fromEntries(values) });
    if (!('message' in result)) return result.row;
    refusal = result;
    for (const name of blamed(table, refusal, free)) {
      const count = candidates.get(name)?.length ?? 0;
      if (count > 0) chosen.set(name, Math.floor(random() * count));
    }
  }
  return refusal.message;
}

/** The values of referring columns, from rows made before; a reference to nothing is NULL. */
function references(
  table: FillTable,
  n: number,
  made: ReadonlyMap<string, Row[]>,
): Record<string, Candidate> {
  const given: Record<string, Candidate> = {};
  // Narrow keys first: a tenant is settled before what must be of the same tenant.
  for (const key of table.foreignKeys.toSorted((a, b) => a.columns.length - b.columns.length)) {
    const rows = made.get(key.table) ?? [];
    const fits = (row: Row | undefined) =>
      row &&
      key.columns.every(
        (column, at) => !(column in given) || given[column] === row[key.referenced[at] ?? ''],
      );
    const parent = [rows[n - 1], ...rows].find(fits);
    for (const [at, column] of key.columns.entries()) {
      if (parent) given[column] = parent[key.referenced[at] ?? ''] ?? null;
      else if (table.columns.find(({ name }) => name === column)?.isNullable) given[column] ??= null;
    }
  }
  return given;
}

interface Refusal {
  message: string;
  code?: string;
  constraint?: string;
  column?: string;
}

async function tryInsert(
  query: RunQuery,
  { name, columns }: FillTable,
  values: Record<string, Candidate>,
): Promise<{ row: Row } | Refusal> {
  const used = columns.filter((column) => values[column.name] !== undefined);
  const list = used.map((column) => `"${column.name}"`).join(', ');
  const casts = used.map(({ type }, at) => `$${at + 1}::${type}`).join(', ');
  const body = used.length > 0 ? `(${list}) VALUES (${casts})` : 'DEFAULT VALUES';
  const returned = columns.map((column) => `"${column.name}"::text`).join(', ');
  try {
    const { rows } = await query(
      `INSERT INTO ${name} ${body} RETURNING ${returned || '1'}`,
      used.map((column) => values[column.name]),
    );
    return { row: (rows[0] ?? {}) as Row };
  } catch (error) {
    return error as Refusal;
  }
}

/** Whose values to change: the columns of the rule that refused, or all where nobody can tell. */
function blamed({ rules }: FillTable, { constraint, column }: Refusal, free: FillColumn[]): string[] {
  if (column !== undefined) return [column];
  const named = rules.find(({ name }) => name === constraint)?.columns;
  return named && named.length > 0 ? named : free.map(({ name }) => name);
}

/** A linear congruential generator: the same numbers in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
