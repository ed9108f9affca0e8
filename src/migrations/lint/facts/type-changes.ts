/** A type as the snapshots write it, taken apart. */
interface Type {
  name: string;
  /** Length; or precision and scale. */
  numbers: number[];
  isArray: boolean;
}

/**
 * What ALTER COLUMN ... TYPE does to the rows: `nothing`, `nothing in UTC` (only while the session's TimeZone is UTC) or
 * `rewrite`. Of a type unknown here it says `rewrite`, since only some pairs spare it; `npm run test:locks` measures
 * them on the majors we support. A conversion of one's own (USING) rewrites always.
 */
export function effectOfTypeChange(from: string, to: string): 'nothing' | 'nothing in UTC' | 'rewrite' {
  const [old, next] = [typeOf(from), typeOf(to)];
  if (old.isArray || next.isArray) return sameType(old, next) ? 'nothing' : 'rewrite';
  if (old.name === next.name) return isFreeWithin(old, next) ? 'nothing' : 'rewrite';
  if (old.name === 'cidr' && next.name === 'inet') return 'nothing';
  if (isText(old.name) && isText(next.name) && next.numbers.length === 0) return 'nothing';
  // With a precision PostgreSQL rounds every value anew, even to the one it has.
  if (isStamp(old.name) && isStamp(next.name) && next.numbers.length === 0) return 'nothing in UTC';
  return 'rewrite';
}

/** false: some value of the old type does not fit into the new one, or comes out as another one. */
export function keepsAllValues(from: string, to: string): boolean {
  const [old, next] = [typeOf(from), typeOf(to)];
  if (old.isArray !== next.isArray) return old.isArray && isAnyText(next);
  if (sameType(old, next)) return true;
  if (isAnyText(next)) return true;
  if (old.name === next.name) return isWider(old, next);
  if (next.name === 'numeric') return integers[old.name] !== undefined && fitsNumeric(old.name, next);
  if (old.name === 'char' && next.name === 'varchar') return isWider(old, next);
  return (wider[old.name] ?? []).includes(next.name) && next.numbers.length === 0;
}

const isText = (name: string) => name === 'text' || name === 'varchar';
const isStamp = (name: string) => name === 'timestamp' || name === 'timestamptz';

const isAnyText = ({ name, numbers }: Type) =>
  name === 'text' || (name === 'varchar' && numbers.length === 0);

/** Same name: whether PostgreSQL sees that no value can change. It does not for `char(n)` and `bit(n)`. */
const isFreeWithin = (old: Type, next: Type) =>
  sameType(old, next) || (isWider(old, next) && !['char', 'bit'].includes(old.name));

function isWider(old: Type, next: Type): boolean {
  const [oldSize = Infinity, oldScale = 0] = old.numbers;
  const [size = Infinity, scale = 0] = next.numbers;
  if (size === Infinity) return true;
  if (old.name !== 'numeric') return size >= oldSize;
  return size >= oldSize && scale === oldScale;
}

/** Decimal digits that hold every value. */
const integers: Partial<Record<string, number>> = { smallint: 5, integer: 10, bigint: 19 };

function fitsNumeric(integer: string, { numbers: [size = Infinity, scale = 0] }: Type): boolean {
  return size - scale >= (integers[integer] ?? Infinity);
}

const wider: Partial<Record<string, string[]>> = {
  smallint: ['integer', 'bigint', 'real', 'double precision'],
  integer: ['bigint', 'double precision'],
  real: ['double precision'],
  boolean: ['smallint', 'integer', 'bigint'],
  date: ['timestamp', 'timestamptz'],
  timestamp: ['timestamptz'],
  time: ['timetz', 'interval'],
  cidr: ['inet'],
  macaddr: ['macaddr8'],
  json: ['jsonb'],
  jsonb: ['json'],
  bit: ['varbit'],
};

/** Other names of the same, as drizzle, the manual and people write them. */
const aliases: Partial<Record<string, string>> = {
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  smallserial: 'smallint',
  serial: 'integer',
  bigserial: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  decimal: 'numeric',
  character: 'char',
  bpchar: 'char',
  'character varying': 'varchar',
  'bit varying': 'varbit',
  'timestamp with time zone': 'timestamptz',
  'timestamp without time zone': 'timestamp',
  'time with time zone': 'timetz',
  'time without time zone': 'time',
};

function typeOf(text: string): Type {
  const isArray = /\[\d*\]$/.test(text);
  const written = text
    .toLowerCase()
    .replaceAll('"', '')
    .replace(/(\[\d*\])+$/, '');
  const numbers = [...(/\(([^)]*)\)/.exec(written)?.[1] ?? '').matchAll(/\d+/g)].map(Number);
  const spoken = written
    .replace(/\([^)]*\)/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const name = aliases[spoken] ?? spoken;
  // Six digits are all there are: the same as no precision.
  if (/^(time|interval)/.test(name) && numbers[0] === 6) numbers.pop();
  // The standard's defaults, where a missing length means one and not any.
  if (numbers.length === 0 && ['char', 'bit'].includes(name)) numbers.push(1);
  return { name, numbers, isArray };
}

const sameType = (a: Type, b: Type) =>
  a.name === b.name && a.isArray === b.isArray && a.numbers.join() === b.numbers.join();
