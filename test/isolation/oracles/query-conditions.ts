import type { Kind } from './catalogue.js';
import type { Choices } from './choices.js';
import type { Scope, Source } from './query-outputs.js';
import { type Parameter, idParameter, numberParameter, other, wordParameter } from './query-parameters.js';
import { OWN_WORDS } from './random-rows.js';

/** Makes a value a parameter of the query; answers what stands for it in the text. */
export type AddParameter = (parameter: Parameter, type: string) => string;

/** Along a foreign key where there is one; else columns of one type that may well be equal. */
export function link(before: Scope, right: Source, choices: Choices): string {
  const left = choices.pick(before);
  const key = left.foreignKeys?.find(({ parent }) => parent === right.table);
  if (key && choices.chance(70)) return `${left.alias}.${key.column} = ${right.alias}.id`;
  const pairs = left.columns.flatMap((a) =>
    right.columns
      .filter((b) => b.type === a.type)
      .map((b) => `${left.alias}.${a.name} = ${right.alias}.${b.name}`),
  );
  return pairs.length > 0 ? choices.pick(pairs) : '1 = 0';
}

export function comparison(column: string, kind: Kind, choices: Choices, add: AddParameter): string {
  const operator = choices.pick(['=', '<>', '<', '>=']);
  if (kind === 'uuid') return `${column} ${operator} ${add(idParameter(choices), 'uuid')}`;
  if (kind === 'int') return `${column} ${operator} ${add(numberParameter(choices), 'int')}`;
  return `${column}::text ${operator} ${add(wordParameter(choices), 'text')}`;
}

/** Divides by zero at a word that only the neighbour has: an error would say that its row was looked at. */
export function tripwire(column: string, choices: Choices, add: AddParameter): string {
  const n = choices.below(OWN_WORDS[0].length);
  const word = add((side) => OWN_WORDS[other(side)][n], 'text');
  return `1 / (CASE WHEN ${column}::text LIKE '%' || ${word} || '%' THEN 0 ELSE 1 END) = 1`;
}
