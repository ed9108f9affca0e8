import type { Field } from './fields.ts';

/** Of the body that makes one: the field, where it must be there. */
export const requiredProperty = (field: Field) => sent(field, {});

/** Of the body that changes one: the same field, which may be left out there, and cannot be cleared. */
export const changedProperty = (field: Field) => sent(field, { required: false });

/** Of both: a field that may be left out, and cleared if it can be null. */
export const optionalProperty = (field: Field) =>
  sent(field, field.isNullable ? { nullable: true, required: false } : { required: false });

/** Of the answer. */
export function answeredProperty({ name, type, isNullable }: Field): string {
  const shape: Shape = isNullable ? { nullable: true } : {};
  return `${describe(type, shape)}\n${name}!: ${type.type}${isNullable ? ' | null' : ''};`;
}

interface Shape {
  nullable?: boolean;
  required?: boolean;
}

function sent({ name, type }: Field, shape: Shape): string {
  const mayBe = shape.nullable ? ['@IsOptional()'] : shape.required === false ? ['@MayBeAbsent()'] : [];
  // Decimals and metadata describe themselves.
  const rules = type.rules.map(
    (rule) => `@${rule.replace(/^(IsDecimal\(.*)\)$/, `$1, ${options({ type, shape })})`)}`,
  );
  const isDescribed = ['money', 'json'].includes(type.name);
  const description = isDescribed ? '' : describe(type, shape);
  const lines = description.startsWith('/**')
    ? [description, ...mayBe, ...rules]
    : [...mayBe, ...rules, description];
  const mark = shape.required === false ? '?' : '!';
  return [...lines, `${name}${mark}: ${type.type}${shape.nullable ? ' | null' : ''};`].join('\n');
}

/** For OpenAPI: in a comment where the compiler's plugin finds out the rest by itself. */
function describe(type: Field['type'], shape: Shape): string {
  const isPlain = !shape.nullable && !['money', 'integer', 'json'].includes(type.name);
  if (!isPlain) return `@ApiProperty({ ${type.schema}, ${optionsOf(type, shape)} })`;
  return `/** @example ${JSON.stringify(type.examples[0]).replace(/^"(\S+)"$/, '$1')} */`;
}

const options = ({ type, shape }: { type: Field['type']; shape: Shape }) => `{ ${optionsOf(type, shape)} }`;

const optionsOf = (type: Field['type'], { nullable, required }: Shape) =>
  [
    ...(nullable ? ['nullable: true'] : []),
    ...(required === false ? ['required: false'] : []),
    `example: ${JSON.stringify(type.examples[0])}`,
  ].join(', ');
