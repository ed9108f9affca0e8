import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

const CAPACITY = { atOnce: 2, waitingOfTenant: 2, waiting: 3 };

/** Work that is done when the test says so. */
function workbench() {
  const turns = new Turns(CAPACITY);
  const started: string[] = [];
  const finish = new Map<string, (error?: Error) => void>();
  const take = (name: string) =>
    turns.take(name.charAt(0), () => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      started.push(name);
      finish.set(name, (error) => (error ? reject(error) : resolve(name)));
      return promise;
    });
  return { take, started, end: (name: string, error?: Error) => finish.get(name)!(error) };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('go to as many tenants at once as may be, to each of them once, in the order in which they came', async () => {
    const { take, started, end } = workbench();
    const taken = ['a1', 'a2', 'b1', 'c1'].map((name) => take(name)!);
    await settled();
    expect(started).toEqual(['a1', 'b1']);
    end('b1');
    await settled();
    expect(started).toEqual(['a1', 'b1', 'c1']);
    end('a1');
    await settled();
    expect(started).toEqual(['a1', 'b1', 'c1', 'a2']);
    end('a2');
    end('c1');
    expect(await Promise.all(taken)).toEqual(['a1', 'a2', 'b1', 'c1']);
  });

  it('are refused where too many of the tenant wait, or too many in all', async () => {
    const { take } = workbench();
    expect(['a1', 'a2', 'a3', 'a4'].map((name) => take(name) !== undefined)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(['b1', 'b2', 'b3'].map((name) => take(name) !== undefined)).toEqual([true, true, false]);
  });

  it('go on after work that failed', async () => {
    const { take, end } = workbench();
    const [first, second] = [take('a1')!, take('a2')!];
    await settled();
    end('a1', new Error('failed'));
    await expect(first).rejects.toThrow('failed');
    await settled();
    end('a2');
    expect(await second).toBe('a2');
  });
});
