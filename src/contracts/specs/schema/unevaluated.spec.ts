// oxlint-disable unicorn/no-thenable -- `then` is a word of JSON Schema, and nobody awaits these
import { describe, expect, it } from '@jest/globals';
import { codes } from '../../../../test/support/schema-checks.js';

describe('what is left unevaluated', () => {
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
});
