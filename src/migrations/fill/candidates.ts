import type { FillColumn, FillTable } from './read-tables.js';

/** A value as PostgreSQL reads it; null is NULL, undefined leaves the column to its default. */
export type Candidate = string | null | undefined;

/**
 * Pure. Values to try for a column of row `n` (from 1), likely ones first: what a CHECK names, what the type suggests, then
 * the default and NULL.
 */
export function candidatesFor(column: FillColumn, { rules }: FillTable, n: number): Candidate[] {
  const checks = rules.filter(
    ({ columns, text }) => text.startsWith('CHECK') && columns.includes(column.name),
  );
  const texts = checks.map(({ text }) => text).join(' ');
  const quoted = [...texts.matchAll(/'((?:[^']|'')*)'/g)].map(
    ([, literal]) => literal?.replaceAll("''", "'") ?? '',
  );
  const numbers = [...texts.matchAll(/(?<![\w.])\d+(?![\w.])/g)]
    .map(Number)
    .filter((number) => number <= 2000);
  const values = valuesOf(column, n, quoted, [...new Set(numbers)]);
  return [...values, ...(column.hasDefault ? [undefined] : []), ...(column.isNullable ? [null] : [])];
}

function valuesOf(
  { type, labels }: Pick<FillColumn, 'type' | 'labels'>,
  n: number,
  quoted: string[],
  numbers: number[],
): string[] {
  if (labels.length > 0) return labels;
  if (type.endsWith('[]')) {
    const [first = ''] = valuesOf({ type: type.slice(0, -2), labels }, n, quoted, numbers);
    return [`{${JSON.stringify(first)}}`, '{}'];
  }
  const base = type.replace(/\(.*?\)/, '').trim();
  const typical = typicalValues[base]?.(n, numbers);
  if (typical) return typical;
  const words = [
    `sample-${n}`,
    `sample${n}@example.com`,
    `https://example.com/${n}`,
    `sample-${n}.example.com`,
    String(n),
    '{}',
  ];
  const lengths = numbers.flatMap((length) => [
    ...['a', '0'].map((letter) => letter.repeat(Math.max(0, length - 1)) + (n % 10)),
    'A'.repeat(length),
  ]);
  return [...quoted, ...words, ...lengths];
}

const around = (n: number, numbers: number[]) => [
  ...[n, 0, 1].map(String),
  ...numbers.flatMap((number) => [number, number - 1, number + 1].map(String)),
];
const dates = (n: number) =>
  [0, -1, 1, -400, 400].map((days) => new Date((20_000 + days + n) * 86_400_000).toISOString());
const ranges: Record<string, [string, string]> = {
  int4range: ['1', '9'],
  int8range: ['1', '9'],
  numrange: ['1', '9'],
  daterange: ['2026-01-01', '2026-12-31'],
  tsrange: ['2026-01-01', '2026-12-31'],
  tstzrange: ['2026-01-01', '2026-12-31'],
};

const typicalValues: Record<string, (n: number, numbers: number[]) => string[]> = {
  uuid: (n) => [`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`],
  boolean: () => ['true', 'false'],
  smallint: around,
  integer: around,
  bigint: around,
  numeric: around,
  real: around,
  'double precision': around,
  bytea: (n, numbers) =>
    [32, 16, 1, ...numbers].map(
      (bytes) =>
        `\\x${String(n % 100)
          .padStart(2, '0')
          .repeat(bytes)}`,
    ),
  jsonb: (n) => ['{}', '[]', `{"note": "sample ${n}"}`, '"sample"'],
  json: (n) => ['{}', '[]', `{"note": "sample ${n}"}`, '"sample"'],
  date: dates,
  'timestamp with time zone': dates,
  'timestamp without time zone': dates,
  'time without time zone': () => ['12:00'],
  interval: (n) => [`${n} days`],
  inet: (n) => [`192.0.2.${n % 250}`],
  cidr: () => ['192.0.2.0/24'],
  tsvector: () => ['sample'],
  ...Object.fromEntries(
    Object.entries(ranges).map(([range, [from, to]]) => [range, () => [`[${from},${to})`, 'empty']]),
  ),
};
