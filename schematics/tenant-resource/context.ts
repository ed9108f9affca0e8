import { MAX_TEXT, checkOf, columnOf } from './column.ts';
import type { FieldTypeName } from './field-types.ts';
import type { Field } from './fields.ts';
import type { ResourceNames } from './names.ts';
import { answeredProperty, changedProperty, optionalProperty, requiredProperty } from './property.ts';

const MAX_URL = 2_000;
const MAX_INTEGER = 2_147_483_647;

/** What the templates under `files/` can name. */
export function contextOf(names: ResourceNames, fields: Field[]) {
  const { one, many } = names;
  const required = fields.filter(({ isRequired }) => isRequired);
  const optional = fields.filter(({ isRequired }) => !isRequired);
  const isFiltered = fields.some(({ type }) => type.name === 'json');
  return {
    ...names,
    plural: many.kebab,
    fields,
    required,
    optional,
    nullable: fields.filter(({ isNullable }) => isNullable),
    checks: fields.map((field) => checkOf(many.snake, field)).filter((check) => check !== ''),
    constants: constantsOf(fields),
    isFiltered,
    query: isFiltered ? `${many.pascal}Query` : 'PageQuery',
    base: optional.length > 0 ? `extends ${one.pascal}Fields ` : '',
    wrong: fields.flatMap(({ name, type }) => type.wrong.map((value) => [name, value])),
    absent: Object.fromEntries(optional.map(({ name, type }) => [name, absent(type)])),
    /** Values of the fields: the first of their examples, or the second. */
    examples: (which: 0 | 1, of = fields) =>
      Object.fromEntries(of.map(({ name, type }) => [name, type.examples[which]])),
    json: (value: unknown) => JSON.stringify(value),
    recipeBody: recipeBodyOf(required),
    usesUnique: required.some(({ type }) => type.name === 'text'),
    columnOf,
    requiredProperty,
    changedProperty,
    optionalProperty,
    answeredProperty,
  };
}

const constantsOf = (fields: Field[]) => {
  const has = (...names: string[]) => fields.some(({ type }) => names.includes(type.name));
  return [
    ...(has('text') ? [`const MAX_TEXT = ${MAX_TEXT};`] : []),
    ...(has('url') ? [`const MAX_URL = ${grouped(MAX_URL)};`] : []),
    ...(has('integer') ? [`/** PostgreSQL's. */\nconst MAX_INTEGER = ${grouped(MAX_INTEGER)};`] : []),
  ];
};

/** `2_000` */
const grouped = (value: number) => value.toLocaleString('en').replaceAll(',', '_');

/** What a client finds where it said nothing. */
const absent = ({ default: byDefault }: Field['type']): unknown =>
  byDefault === undefined ? null : JSON.parse(byDefault);

const recipeBodyOf = (required: Field[]) =>
  `{ ${required.map(({ name, type }) => `${name}: ${RANDOM[type.name] ?? JSON.stringify(type.examples[0])}`).join(', ')} }`;

/** By these the suites of isolation know whose row it is that they find: no two tenants may have the same. */
const RANDOM: Partial<Record<FieldTypeName, string>> = { text: 'unique()', uuid: 'crypto.randomUUID()' };
