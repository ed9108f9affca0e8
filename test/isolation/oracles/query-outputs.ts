import type { ForeignKey, Kind } from './catalogue.js';
import type { Choices } from './choices.js';

/** What a FROM clause offers. */
export interface Source {
  alias: string;
  /** Unless it is a subquery. */
  table?: string;
  foreignKeys?: ForeignKey[];
  columns: { name: string; kind: Kind; type: string }[];
}

export type Scope = readonly Source[];

interface Outputs {
  columns: string;
  /** GROUP BY and HAVING. */
  rest: string;
}

type OutputKind = 'text' | 'int';

export function plain(shape: OutputKind[], scope: Scope, choices: Choices): Outputs {
  const columns = shape.map((kind) => scalar(kind, scope, choices)).join(', ');
  return { columns: `${choices.pick(['', '', 'DISTINCT '])}${columns}`, rest: '' };
}

/** Aggregates of groups, or of all there is. */
export function grouped(shape: OutputKind[], scope: Scope, choices: Choices): Outputs {
  const key = scalar('text', scope, choices);
  const isWhole = choices.chance(25);
  const columns = shape.map((kind) =>
    kind === 'text' && !isWhole && choices.chance(50) ? key : aggregate(kind, scope, choices),
  );
  if (isWhole) return { columns: columns.join(', '), rest: '' };
  const having = choices.chance(25) ? ` HAVING count(*) > ${choices.below(3)}` : '';
  const grouping = choices.pick([key, key, `ROLLUP (${key})`]);
  return { columns: columns.join(', '), rest: ` GROUP BY ${grouping}${having}` };
}

/** Windows whose answer does not depend on how peers are ordered. */
export function windowed(shape: OutputKind[], scope: Scope, choices: Choices): Outputs {
  const columns = shape.map((kind) => {
    const value = scalar('text', scope, choices);
    const partition = `PARTITION BY ${scalar('text', scope, choices)}`;
    const functions =
      kind === 'int'
        ? ['rank()', 'dense_rank()', 'count(*)', `sum(length(${value}))`]
        : [`min(${value})`, `max(${value})`];
    const window = choices.pick([partition, `${partition} ORDER BY ${value}`, `ORDER BY ${value}`]);
    return `(${choices.pick(functions)} OVER (${window}))::${kind}`;
  });
  return { columns: columns.join(', '), rest: '' };
}

function aggregate(kind: OutputKind, scope: Scope, choices: Choices): string {
  const word = scalar('text', scope, choices);
  const functions =
    kind === 'int'
      ? ['count(*)', `count(DISTINCT ${word})`, `sum(${scalar('int', scope, choices)})`]
      : [`min(${word})`, `max(${word})`, `string_agg(${word}, ',' ORDER BY ${word})`];
  const filter = choices.chance(20) ? ` FILTER (WHERE ${scalar('text', scope, choices)} > 'b')` : '';
  return `(${choices.pick(functions)}${filter})::${kind}`;
}

/** Some column, as a text or as a number. */
function scalar(kind: OutputKind, scope: Scope, choices: Choices): string {
  const { alias, columns } = choices.pick(scope);
  const numbers = columns.filter((column) => column.kind === 'int');
  if (kind === 'int' && numbers.length > 0 && choices.chance(70)) {
    return `${alias}.${choices.pick(numbers).name}::int`;
  }
  const text = `${alias}.${choices.pick(columns).name}::text`;
  return kind === 'int' ? `length(${text})` : text;
}
