import { describe, expect, it } from '@jest/globals';
import { Budget, BudgetSpent } from './budget.js';
import { evaluate } from './evaluate.js';
import { Patterns } from './patterns.js';
import { check, codes } from '../../../../test/support/schema-checks.js';

describe('evaluating a schema', () => {
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
