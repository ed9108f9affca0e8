import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { type AsAdmin, type Column, type Table, isOfTenants } from './catalogue.js';

/** From the name of a column to its value, as PostgreSQL reads it. */
export type Row = Record<string, string>;

/** What one tenant has of every table, by the table's name. */
export interface House {
  tenantId: string;
  /** A stored row that nothing refers to. */
  stored: Map<string, Row>;
  /** A row that the table would accept; what it refers to is stored. */
  fresh: Map<string, Row>;
}

/**
 * Makes a new tenant with rows in every table that the catalogue knows to be of tenants.
 * @throws where it finds no values that the constraints accept: then say in `HINTS` what the column may hold
 */
export async function furnish(asAdmin: AsAdmin, tables: Table[]): Promise<House> {
  const tenant = await new Furnisher(asAdmin, tables).insert('tenants');
  const furnisher = new Furnisher(asAdmin, tables, tenant);
  const house: House = { tenantId: tenant['id']!, stored: new Map(), fresh: new Map() };
  for (const table of tables.filter(isOfTenants)) {
    house.stored.set(table.name, await furnisher.insert(table.name));
    house.fresh.set(table.name, await furnisher.draft(table));
  }
  return house;
}

/** Every row gets parents of its own, so that no unique index stands in its way. */
class Furnisher {
  constructor(
    private readonly asAdmin: AsAdmin,
    private readonly tables: Table[],
    private readonly tenant?: Row,
  ) {}

  /** Answers the row with its defaults. Constraints may refuse the first values: the texts that they name are tried in turn. */
  async insert(name: string, path: string[] = []): Promise<Row> {
    if (name === 'tenants' && this.tenant) return this.tenant;
    const table = this.tables.find((candidate) => candidate.name === name)!;
    let refusal: unknown;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const row = await this.draft(table, attempt, path);
      const text = `${insertOf(table, row)} RETURNING to_jsonb(${name}.*) AS row`;
      try {
        const { rows } = await this.asAdmin(text, Object.values(row));
        return asTexts(rows[0]!['row'] as Record<string, unknown>, table);
      } catch (error) {
        refusal = error;
      }
    }
    throw new Error(`Found no row for ${name}; give values in HINTS of test/isolation/attacks/rows.ts`, {
      cause: refusal,
    });
  }

  /** The row before it is stored. A table that refers to itself, over whatever others, begins without a parent. */
  async draft(table: Table, attempt = 0, path: string[] = []): Promise<Row> {
    const row: Row = {};
    for (const column of table.columns.filter(({ isRequired }) => isRequired))
      row[column.name] = valueOf(table, column, attempt);
    for (const { columns, parent, parentColumns } of table.foreignKeys) {
      if (parent === table.name || path.includes(parent)) continue;
      const found = await this.insert(parent, [...path, table.name]);
      for (const [i, column] of columns.entries()) row[column] = found[parentColumns[i]!]!;
    }
    return row;
  }
}

const MOST_ATTEMPTS = 12;

/** `INSERT INTO t (columns) VALUES ($1, ...)`; its values are the row's, in order. */
export function insertOf({ name }: Table, row: Row): string {
  const columns = Object.keys(row).map((column) => `"${column}"`);
  return `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`;
}

/** The stored row with its defaults, which attacks need as well. */
function asTexts(stored: Record<string, unknown>, { columns }: Table): Row {
  const present = columns.filter(({ name }) => stored[name] !== null);
  return Object.fromEntries(
    present.map(({ name, type }) => [
      name,
      type.startsWith('json') ? JSON.stringify(stored[name]) : asText(stored[name]),
    ]),
  );
}

const asText = (value: unknown): string => {
  if (Array.isArray(value)) return `{${value.map((item) => JSON.stringify(item)).join(',')}}`;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** Values for columns that the catalogue says too little about: `'table.column': () => value`. */
const HINTS: Record<string, () => string> = {
  // One for all tenants.
  'github_bindings.installation_id': () => String(randomInt(2 ** 47)),
  ...Object.fromEntries(
    ['rate_cards', 'quotes', 'quote_versions'].map((table) => [`${table}.currency`, () => 'EUR']),
  ),
  'counters.year': () => String(randomInt(1_000, 9_999)),
  'tax_rates.valid_from': () => `20${randomInt(10, 99)}-0${randomInt(1, 9)}-1${randomInt(0, 9)}`,
  // The net and the tax are 1 each.
  ...Object.fromEntries(['quote_lines', 'quote_line_versions'].map((table) => [`${table}.total`, () => '2'])),
};

function valueOf(table: Table, { name, type, literals }: Column, attempt: number): string {
  const hint = HINTS[`${table.label}.${name}`];
  if (hint) return hint();
  if (literals.length > 0) return literals[attempt % literals.length]!;
  const make = OF_TYPE.find(([pattern]) => pattern.test(type))?.[1];
  if (!make) throw new Error(`No value for the type ${type} of ${table.name}.${name}`);
  return make();
}

const OF_TYPE: [type: RegExp, make: () => string][] = [
  [/\[\]$/, () => '{}'],
  [/^uuid$/, randomUUID],
  [/^(text|character)/, () => `x${randomBytes(8).toString('hex')}`],
  [/^json/, () => '{}'],
  [/^bytea$/, () => `\\x${randomBytes(32).toString('hex')}`],
  [/^(smallint|integer|bigint|numeric|real|double)/, () => '1'],
  [/^boolean$/, () => 'true'],
  [/^(timestamp|date)/, () => '2026-11-21'],
];
