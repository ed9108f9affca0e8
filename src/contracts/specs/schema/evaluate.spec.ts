import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { Budget, BudgetSpent } from './budget.js';
import type { Dialect, Direction } from './dialect.js';
import { evaluate } from './evaluate.js';
import { atPointer } from './json-pointer.js';
import { Patterns } from './patterns.js';

interface Options {
  dialect?: Dialect;
  direction?: Direction;
  document?: unknown;
  steps?: number;
}

const check = (schema: unknown, value: unknown, options: Options = {}) =>
  evaluate(schema, value, 'body', {
    dialect: options.dialect ?? '3.1',
    direction: options.direction ?? 'response',
    budget: new Budget(options.steps ?? 1_000_000),
    patterns: new Patterns(),
    resolve: (reference) => atPointer(options.document, reference),
  });
const codes = (schema: unknown, value: unknown, options?: Options) =>
  check(schema, value, options).map(({ path, code }) => `${path} ${code}`);

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

describe('evaluating a schema', () => {
  // Without `contains`, which ajv forgets beside `prefixItems`, and `unevaluated...`, which it lets failed branches satisfy.
  it('agrees with ajv on what is valid in JSON Schema 2020-12', () => {
    const ajv = new Ajv2020({ strict: false, unicodeRegExp: true, logger: false });
    const verdicts = (schema: object | boolean, samples: unknown[]) => {
      const validate = ajv.compile(schema);
      ajv.removeSchema();
      return samples.map((sample) => validate(sample));
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

  it('counts what an array contains, and evaluates no more than that', () => {
    const schema = { contains: { type: 'string' }, maxContains: 1, unevaluatedItems: { type: 'null' } };
    expect(codes(schema, [])).toEqual(['body contains']);
    expect(codes(schema, [null, 'a'])).toEqual([]);
    expect(codes(schema, ['b', 'a'])).toEqual(['body contains']);
    expect(codes(schema, ['b', 1])).toEqual(['body.1 type']);
    expect(codes({ ...schema, minContains: 0 }, [null])).toEqual([]);
  });

  it.each([
    [{ properties: { a: true } }, ['a'], []],
    [{ patternProperties: { '^a': true } }, ['ab', 'b'], ['b']],
    [{ allOf: [{ properties: { a: true } }] }, ['a', 'b'], ['b']],
    [
      { anyOf: [{ properties: { a: true }, required: ['a'] }, { properties: { b: true } }] },
      ['b', 'c'],
      ['c'],
    ],
    [{ anyOf: [{ properties: { a: true }, required: ['b'] }, true] }, ['a'], ['a']],
    [{ oneOf: [{ unevaluatedProperties: false }, true] }, ['a'], ['a']],
    [{ allOf: [{ unevaluatedProperties: true }] }, ['a'], []],
    [{ $ref: '#/x' }, ['x', 'y'], ['y']],
    [{ if: { required: ['a'] }, then: { properties: { a: true } }, else: true }, ['a', 'b'], ['b']],
    [{ if: { required: ['a'] }, else: { properties: { b: true } } }, ['b', 'c'], ['c']],
    [{ dependentSchemas: { a: { properties: { a: true, b: true } } } }, ['a', 'b', 'c'], ['c']],
    [{ not: { properties: { a: true } } }, ['a'], ['a']],
    [{ additionalProperties: true }, ['a'], []],
  ])('knows which properties %j evaluates', (schema, names, unknown) => {
    const value = Object.fromEntries(names.map((name) => [name, 1]));
    const document = { x: { properties: { x: true } } };
    const found = codes({ ...schema, unevaluatedProperties: false }, value, { document });
    expect(found.filter((each) => each.endsWith('unevaluatedProperties'))).toEqual(
      unknown.map((name) => `body.${name} unevaluatedProperties`),
    );
  });

  it.each([
    [{ prefixItems: [true] }, 2, [1]],
    [{ items: true }, 2, []],
    [{ allOf: [{ prefixItems: [true] }] }, 2, [1]],
    [{ oneOf: [{ unevaluatedItems: false }, true] }, 1, [0]],
    [{ anyOf: [{ prefixItems: [true] }, { prefixItems: [true, { type: 'string' }] }] }, 2, [1]],
  ])('knows which items %j evaluates', (schema, length, unknown) => {
    const found = codes({ ...schema, unevaluatedItems: false }, Array(length).fill(1));
    expect(found).toEqual(unknown.map((index) => `body.${index} false schema`));
  });

  it('says where each rule is broken', () => {
    const schema = {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'integer' }, tags: { type: 'array', items: { enum: ['a'] } } },
      additionalProperties: false,
    };
    expect(check(schema, { id: 'x', tags: ['a', 'b'], extra: 1 })).toEqual([
      { path: 'body.name', code: 'required', message: 'is required' },
      { path: 'body.id', code: 'type', message: 'must be integer' },
      { path: 'body.tags.1', code: 'enum', message: 'must be one of ["a"]' },
      { path: 'body.extra', code: 'additionalProperties', message: 'is not a known property' },
    ]);
  });

  it('names what the one branch misses that is for such a value', () => {
    const maybe = { anyOf: [{ type: 'object', required: ['id'] }, { type: 'null' }] };
    expect(codes(maybe, {})).toEqual(['body.id required']);
    const pets = {
      oneOf: [
        { properties: { kind: { const: 'cat' }, lives: { type: 'integer' } } },
        { properties: { kind: { const: 'dog' }, barks: { type: 'boolean' } } },
      ],
    };
    expect(codes(pets, { kind: 'dog', barks: 1 })).toEqual(['body.barks type']);
    expect(codes(maybe, 5)).toEqual(['body anyOf']);
  });

  it('finds at most twenty violations', () => {
    expect(check({ items: { type: 'string' } }, Array(1000).fill(1))).toHaveLength(20);
  });

  it('enforces the formats that mean the same everywhere, and no others', () => {
    expect(codes({ format: 'date-time' }, 'yesterday')).toEqual(['body format']);
    expect(codes({ format: 'uuid' }, '0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60')).toEqual([]);
    expect(codes({ format: 'int32' }, 2 ** 31)).toEqual(['body format']);
    expect(codes({ format: 'phone' }, 'x')).toEqual([]);
  });

  it('asks a request for nothing that is read-only, and a response for nothing that is write-only', () => {
    const schema = {
      required: ['id', 'password', 'secret'],
      properties: { id: { readOnly: true }, password: { writeOnly: true }, secret: { $ref: '#/secret' } },
    };
    const document = { secret: { writeOnly: true } };
    expect(codes(schema, {}, { direction: 'request', document })).toEqual([
      'body.password required',
      'body.secret required',
    ]);
    expect(codes(schema, {}, { direction: 'response', document })).toEqual(['body.id required']);
  });

  it('is not confused by names that every object has', () => {
    expect(codes({ required: ['toString'], properties: {} }, {})).toEqual(['body.toString required']);
    expect(codes({ properties: {}, additionalProperties: false }, { constructor: 1 })).toEqual([
      'body.constructor additionalProperties',
    ]);
    expect(
      codes({ properties: JSON.parse('{"__proto__":{"type":"string"}}') }, JSON.parse('{"__proto__":1}')),
    ).toEqual(['body.__proto__ type']);
  });
});

describe('the dialect of OpenAPI 3.0', () => {
  const check30 = (schema: unknown, value: unknown, document?: unknown) =>
    codes(schema, value, { dialect: '3.0', document });

  it('lets null in where `nullable`, also beside a reference in `allOf` or an `enum` without null', () => {
    expect(check30({ type: 'string', nullable: true }, null)).toEqual([]);
    expect(check30({ nullable: true, enum: ['a'] }, null)).toEqual([]);
    expect(check30({ nullable: true, allOf: [{ $ref: '#/x' }] }, null, { x: { type: 'object' } })).toEqual(
      [],
    );
    expect(check30({ type: 'string' }, null)).toEqual(['body type']);
    expect(codes({ type: 'string', nullable: true }, null)).toEqual(['body type']);
  });

  it('takes `exclusiveMinimum` and `exclusiveMaximum` as flags', () => {
    expect(check30({ minimum: 1, exclusiveMinimum: true }, 1)).toEqual(['body minimum']);
    expect(check30({ minimum: 1, exclusiveMinimum: false }, 1)).toEqual([]);
    expect(check30({ maximum: 1, exclusiveMaximum: true }, 1)).toEqual(['body maximum']);
  });

  it('ignores what stands beside a reference; 3.1 does not', () => {
    const schema = { $ref: '#/x', maxLength: 1 };
    const document = { x: { type: 'string' } };
    expect(check30(schema, 'long', document)).toEqual([]);
    expect(codes(schema, 'long', { document })).toEqual(['body maxLength']);
  });
});

describe('the budget of an evaluation', () => {
  const spent = (schema: unknown, value: unknown, document?: unknown) =>
    expect(() => check(schema, value, { document, steps: 200_000 })).toThrow(BudgetSpent);

  it('ends `allOf` of `allOf`, which doubles with each level', () => {
    const levels = Array.from({ length: 40 }, (_, i) => [
      `l${i}`,
      { allOf: [{ $ref: `#/l${i + 1}` }, { $ref: `#/l${i + 1}` }] },
    ]);
    spent({ $ref: '#/l0' }, 1, { ...Object.fromEntries(levels), l40: {} });
  });

  it('ends recursion that doubles with each level of the value', () => {
    const node = {
      anyOf: [
        { items: { $ref: '#/node' }, maxItems: 0 },
        { items: { $ref: '#/node' }, maxItems: 1 },
      ],
    };
    let value: unknown = 1;
    for (let i = 0; i < 90; i++) value = [value];
    spent({ allOf: [node, { not: node }] }, value, {
      node: {
        anyOf: [
          { items: { $ref: '#/node' }, not: {} },
          { items: { $ref: '#/node' }, not: {} },
        ],
      },
    });
  });

  it('ends a reference to itself before the stack does', () => {
    spent({ $ref: '#/a' }, 1, { a: { allOf: [{ $ref: '#/b' }] }, b: { $ref: '#/a' } });
  });

  it('lets a tree of a hundred levels through', () => {
    const document = {
      node: { allOf: [{ properties: { next: { anyOf: [{ $ref: '#/node' }, { type: 'null' }] } } }] },
    };
    let value: unknown = null;
    for (let i = 0; i < 100; i++) value = { next: value };
    expect(check({ $ref: '#/node' }, value, { document })).toEqual([]);
  });

  it('is drawn from the purse of the request as well', () => {
    const purse = new Budget(800);
    const scope = {
      dialect: '3.1',
      direction: 'request',
      patterns: new Patterns(),
      resolve: () => undefined,
    } as const;
    const once = () =>
      evaluate({ items: {} }, Array(50).fill(1), '', { ...scope, budget: new Budget(10_000, purse) });
    once();
    expect(once).toThrow(BudgetSpent);
  });
});

describe('patterns', () => {
  it('match as in JavaScript, escapes and all', () => {
    const at = (pattern: string, text: string) => codes({ pattern }, text).length === 0;
    expect(at('^[\\u00e9-\\u00ff]+$', 'éé')).toBe(true);
    expect(at('^\\d{3}-\\d{4}$', '555-123')).toBe(false);
    expect(at('b', 'abc')).toBe(true);
  });

  it('of exponential time in other engines take linear time', () => {
    const start = performance.now();
    expect(codes({ pattern: '^(a+)+$' }, `${'a'.repeat(5_000)}!`)).toEqual(['body pattern']);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('that are not known to be linear are not enforced', () => {
    expect(codes({ pattern: '^(?=.*\\d).{8,}$' }, 'short')).toEqual([]);
    expect(codes({ pattern: '(' }, 'short')).toEqual([]);
  });

  it('that are large for a large text end the check', () => {
    expect(() => codes({ pattern: '\\p{L}{0,900}\\p{N}$' }, 'a'.repeat(10_000))).toThrow(BudgetSpent);
  });
});
