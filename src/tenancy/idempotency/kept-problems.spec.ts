import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { httpProblems } from '../../http/index.js';
import { idempotencyProblems } from './idempotency.problems.js';
import { isKeptProblem } from './kept-problems.js';

describe('a refusal is kept for its Idempotency-Key', () => {
  it.each([404, 409, 410, 412, 422])('where the handler decided it: %i', (status) => {
    expect(isKeptProblem({ status, code: 'SLUG_TAKEN' })).toBe(true);
  });

  it.each([400, 401, 403, 405, 406, 408, 413, 415, 429])(
    'but not where it never came to that: %i',
    (status) => {
      expect(isKeptProblem({ status, code: 'SOMETHING' })).toBe(false);
    },
  );

  it.each([httpProblems.transactionConflict, ...Object.values(idempotencyProblems)])(
    'but not where it is about the attempt: $code',
    (problem) => {
      expect(isKeptProblem(problem)).toBe(false);
    },
  );

  it('and never a fault of ours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 599 }), fc.string(), (status, code) => {
        expect(isKeptProblem({ status, code })).toBe(false);
      }),
    );
  });
});
