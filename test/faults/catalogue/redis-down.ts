import { expect } from '@jest/globals';
import type { Fault } from '../fault.js';

/** Limits are those of each process meanwhile, and no request is refused or fails for it. */
export const redisDown: Fault = {
  name: 'Redis is killed and started again, then hangs',
  needs: 'redis',
  async run({ world, load }) {
    const redis = world.redis!;
    const refusedBefore = load.seen.refused;
    await redis.kill();
    await load.flows(10);
    await redis.run();
    await load.flows(10);
    await redis.signal('SIGSTOP');
    try {
      await load.flows(10);
    } finally {
      await redis.signal('SIGCONT');
    }
    expect(load.seen.refused).toBe(refusedBefore);
  },
};
