import { describe, expect, it } from '@jest/globals';
import { Metrics } from '../observability/index.js';
import { Refusals } from './refusals.js';

const MAX_HELD = 1_000;

describe('refusals', () => {
  it('are held, so many at a time, and the next come at once', async () => {
    const refusals = new Refusals(new Metrics());
    for (const round of ['first', 'again']) {
      const over: string[] = [];
      const refuse = (name: string) =>
        refusals.refuse('tenant', 60_000).catch((problem: Error) => {
          over.push(name);
          return problem;
        });
      const held = Array.from({ length: MAX_HELD }, () => refuse(`held, ${round}`));
      expect(await refuse('one too many')).toMatchObject({ code: 'RATE_LIMITED' });
      expect(over).toEqual(['one too many']);
      for (const problem of await Promise.all(held)) expect(problem).toMatchObject({ code: 'RATE_LIMITED' });
    }
  });
});
