// oxlint-disable unicorn/no-thenable -- `then` is a word of JSON Schema, and nobody awaits these
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { check } from '../../../../test/support/schema-checks.js';

/** Schemas and values of few names, so that they meet. */
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, 1, 2, -1, 1.5, '', 'a', 'b', 'ab', '𝒳'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), tie('value'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).value;

const schemas = fc.letrec<{ schema: object | boolean }>((tie) => {
  const schema = tie('schema');
  const schemaList = fc.array(schema, { minLength: 1, maxLength: 2 });
  const schemaMap = fc.dictionary(fc.constantFrom('a', 'b', 'c'), schema, { maxKeys: 2 });
  const types = fc.constantFrom('null', 'boolean', 'integer', 'number', 'string', 'array', 'object');
  const small = fc.integer({ min: 0, max: 3 });
  return {
    schema: fc.oneof(
      { maxDepth: 2, depthSize: 'xsmall' },
      { weight: 1, arbitrary: fc.boolean() },
      { weight: 1, arbitrary: fc.constantFrom({ $ref: '#/$defs/x' }, { $ref: '#/$defs/y' }) },
      { weight: 2, arbitrary: fc.record({ type: fc.oneof(types, fc.uniqueArray(types, { minLength: 1 })) }) },
      {
        weight: 3,
        arbitrary: fc.record(
          {
            enum: fc.array(values, { minLength: 1, maxLength: 3 }),
            const: values,
            minimum: small,
            exclusiveMaximum: small,
            multipleOf: fc.constantFrom(0.5, 1, 2),
            minLength: small,
            maxLength: small,
            pattern: fc.constantFrom('^a', 'b$', '^\\S+$'),
          },
          { requiredKeys: [] },
        ),
      },
      {
        weight: 4,
        arbitrary: fc.record(
          {
            prefixItems: schemaList,
            items: schema,
            uniqueItems: fc.boolean(),
            maxItems: small,
          },
          { requiredKeys: [] },
        ),
      },
      {
        weight: 4,
        arbitrary: fc.record(
          {
            properties: schemaMap,
            patternProperties: fc.dictionary(fc.constantFrom('^a', 'b', 'o'), schema, { maxKeys: 2 }),
            additionalProperties: schema,
            propertyNames: schema,
            required: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
            minProperties: small,
            dependentRequired: fc.constantFrom({ a: ['b'] }, { b: ['a', 'c'] }),
            dependentSchemas: schemaMap,
          },
          { requiredKeys: [] },
        ),
      },
      {
        weight: 4,
        arbitrary: fc.record(
          {
            $ref: fc.constantFrom('#/$defs/x', '#/$defs/y'),
            allOf: schemaList,
            anyOf: schemaList,
            oneOf: schemaList,
            not: schema,
            if: schema,
            then: schema,
            else: schema,
            properties: schemaMap,
          },
          { requiredKeys: [] },
        ),
      },
    ),
  };
}).schema;

const DEFS = {
  x: { type: 'object', properties: { a: { $ref: '#/$defs/x' }, b: true }, required: ['a'] },
  y: { anyOf: [{ type: ['string', 'null'] }, { type: 'array', items: { $ref: '#/$defs/y' } }] },
};

describe('the evaluation of a schema', () => {
  // Without `contains`, which ajv forgets beside `prefixItems`, and `unevaluated...`, which it lets failed branches satisfy.
  it('agrees with ajv on what is valid in JSON Schema 2020-12', () => {
    const ajv = new Ajv2020({ strict: false, unicodeRegExp: true, logger: false });
    const verdicts = (schema: object | boolean, samples: unknown[]) => {
      try {
        const validate = ajv.compile(schema);
        return samples.map((sample) => validate(sample));
      } catch {
        return fc.pre(false); // some of the code that it writes for `$ref` beside `not` and `if` does not run
      } finally {
        ajv.removeSchema();
      }
    };
    fc.assert(
      fc.property(schemas, fc.array(values, { minLength: 1, maxLength: 5 }), (schema, samples) => {
        const document = typeof schema === 'object' ? { ...schema, $defs: DEFS } : schema;
        expect(samples.map((sample) => check(document, sample, { document }).length === 0)).toEqual(
          verdicts(document, samples),
        );
      }),
      { numRuns: 200 },
    );
  });
});
