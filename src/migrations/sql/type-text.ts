import type { Node, TypeName } from 'libpg-query';
import { nameParts } from './names.js';

/** PostgreSQL's internal names, as people and drizzle write them; `*` is where the length or precision stands. */
const spoken: Record<string, string> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  bpchar: 'char*',
  time: 'time*',
  timetz: 'time* with time zone',
  timestamp: 'timestamp*',
  timestamptz: 'timestamp* with time zone',
};

/** A type as drizzle writes it in a snapshot: `timestamp(3) with time zone`, `varchar(20)`, `numeric(10, 2)[]`. */
export function typeText(type: TypeName | undefined): string {
  const parts = nameParts(type?.names).filter((part) => part !== 'pg_catalog' && part !== 'public');
  const name = parts.join('.');
  const numbers = (type?.typmods ?? []).map(numberOf).join(', ');
  const precision = numbers ? `(${numbers})` : '';
  const pattern = spoken[name] ?? `${name}*`;
  return pattern.replace('*', precision) + '[]'.repeat(type?.arrayBounds?.length ?? 0);
}

const numberOf = (node: Node) =>
  'A_Const' in node && 'ival' in node.A_Const ? String(node.A_Const.ival?.ival ?? 0) : '';
