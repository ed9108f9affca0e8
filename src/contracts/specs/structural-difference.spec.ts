import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { structuralDifference } from './structural-difference.js';

describe('the structural difference of two documents', () => {
  it('is empty exactly for equal ones', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (a, b) => {
        expect(await structuralDifference(a, structuredClone(a))).toEqual([]);
        const isEqual = JSON.stringify(a) === JSON.stringify(b);
        if (!isEqual && typeof a !== 'object') expect(await structuralDifference(a, b)).not.toEqual([]);
      }),
    );
  });

  it('names operations, parameters, required fields and types', async () => {
    const before = {
      paths: { '/a': { get: { parameters: [{ name: 'x', in: 'query', required: false }] }, put: { a: 1 } } },
      schema: { required: ['a', 'b'], type: 'string' },
    };
    const after = {
      paths: {
        '/a': {
          get: {
            parameters: [
              { name: 'y', in: 'query' },
              { name: 'x', in: 'query', required: true },
            ],
          },
        },
        '/b': { get: { operationId: 'b' } },
      },
      schema: { required: ['b'], type: 'integer' },
    };
    expect(await structuralDifference(before, after)).toEqual([
      {
        path: '/paths/~1a/get/parameters/x in query/required',
        kind: 'changed',
        before: 'false',
        after: 'true',
      },
      { path: '/paths/~1a/get/parameters/y in query', kind: 'added', after: '{name, in}' },
      { path: '/paths/~1a/put', kind: 'removed', before: '{a}' },
      { path: '/paths/~1b', kind: 'added', after: '{get}' },
      { path: '/schema/required/a', kind: 'removed', before: '"a"' },
      { path: '/schema/type', kind: 'changed', before: '"string"', after: '"integer"' },
    ]);
  });

  it('ends after a hundred', async () => {
    const many = (value: number) =>
      Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, value]));
    expect(await structuralDifference(many(1), many(2))).toHaveLength(100);
  });
});
