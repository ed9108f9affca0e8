import type { Field } from './fields.ts';

/** Of a field of the type `text`, in characters: the DTO's constant, and the table's CHECK. */
export const MAX_TEXT = 500;

/** `title: text('title').notNull(),` */
export function columnOf({ name, column, type, isRequired, isNullable }: Field): string {
  if (type.name === 'json') return `${name}: metadata(),`;
  const format = type.name === 'money' ? ', FORMATS.amount' : '';
  const notNull = isNullable ? '' : '.notNull()';
  const otherwise = isRequired || isNullable ? '' : `.default(${type.default})`;
  return `${name}: ${type.column}('${column}'${format})${notNull}${otherwise},`;
}

/** What the database checks of a field, whoever writes it. */
export function checkOf(table: string, { name, column, type }: Field): string {
  if (type.name === 'json') return `metadataCheck('${table}', t.${name}),`;
  if (type.name !== 'text') return '';
  return `check('${table}_${column}_length', sql\`length(\${t.${name}}) between 1 and ${MAX_TEXT}\`),`;
}
