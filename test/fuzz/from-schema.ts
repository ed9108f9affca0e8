import fc from 'fast-check';
import { hostileText, hostileValue } from './hostile.js';
import { type Schema, resolved } from './operations.js';

const MAX_DEPTH = 6;

/** Values of the schema's shape, and now and then one that is not. */
export function fromSchema(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  const valid = validOf(resolved(schema), depth);
  return fc.oneof({ weight: 14, arbitrary: valid }, { weight: 1, arbitrary: hostileValue });
}

function validOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const { enum: values, example, nullable } = schema;
  if (values) return fc.constantFrom(...values);
  if (depth >= MAX_DEPTH) return fc.constant(null);
  const shaped = shapedOf(schema, depth);
  return fc.oneof(
    { weight: 3, arbitrary: shaped },
    ...(example === undefined ? [] : [{ weight: 4, arbitrary: fc.constant(example) }]),
    ...(nullable ? [{ weight: 1, arbitrary: fc.constant(null) }] : []),
  );
}

function shapedOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const { type, items = {}, minimum, maximum, properties } = schema;
  if (type === 'string') return textOf(schema);
  if (type === 'integer' || type === 'number')
    return fc.integer({ min: minimum ?? -1_000, max: maximum ?? 1_000_000 });
  if (type === 'boolean') return fc.boolean();
  if (type === 'array') return fc.array(fromSchema(items, depth + 1), { maxLength: 3 });
  return type === 'object' || properties ? objectOf(schema, depth) : fc.jsonValue({ maxDepth: 2 });
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema, depth: number) {
  const fields = Object.entries(properties).map(([name, schema]) => [name, fromSchema(schema, depth + 1)]);
  const known = fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: required.filter((name) => name in properties),
    noNullPrototype: true,
  });
  const more = fc.oneof(
    { weight: additionalProperties ? 2 : 12, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.dictionary(hostileText, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 }) },
  );
  return fc.tuple(known, more).map(([own, others]) => ({ ...others, ...own }));
}

function textOf({ format, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date-time')
    return fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
  const length = { minLength, maxLength: Math.min(maxLength, Math.max(minLength, 60)) };
  return fc.oneof(
    fc.string(length),
    fc.string({ ...length, unit: 'grapheme' }),
    fc.stringMatching(/^[a-z][a-z0-9-]{2,20}$/),
    // At the very limit, and one past it.
    fc.constantFrom(maxLength, maxLength + 1).map((length_) => 'a'.repeat(Math.min(length_, 5_000))),
  );
}
