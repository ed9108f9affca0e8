import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

const AMPLE_MS = 60_000;

describe('turns', () => {
  it('let one work at a time under a name, in the order they came, whether or not it succeeds', async () => {
    const turns = new Turns();
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} starts`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${name} ends`);
      if (name === 'b') throw new Error('b fails');
    };
    const results = await Promise.allSettled(
      ['a', 'b', 'c'].map((name) => turns.take('key', AMPLE_MS, work(name))),
    );
    expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('do not keep other names waiting', async () => {
    const turns = new Turns();
    const first = Promise.withResolvers<void>();
    const running = turns.take('one', AMPLE_MS, () => first.promise);
    expect(await turns.take('two', AMPLE_MS, async () => 'passed')).toBe('passed');
    first.resolve();
    await running;
  });

  it('are given up after the wait; the next one still waits for who runs', async () => {
    const turns = new Turns();
    const first = Promise.withResolvers<void>();
    const running = turns.take('key', AMPLE_MS, () => first.promise);
    await expect(turns.take('key', 5, async () => 'never')).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_IN_USE',
    });
    let hasPassed = false;
    const third = turns.take('key', AMPLE_MS, async () => {
      hasPassed = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(hasPassed).toBe(false);
    first.resolve();
    await Promise.all([running, third]);
    expect(hasPassed).toBe(true);
  });

  it('leave nothing behind', async () => {
    const turns = new Turns();
    await Promise.allSettled(['a', 'a', 'b'].map((name) => turns.take(name, AMPLE_MS, async () => name)));
    await new Promise((resolve) => setImmediate(resolve));
    expect(turns.size).toBe(0);
  });
});
