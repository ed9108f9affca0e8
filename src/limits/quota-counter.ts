import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import type { Quota } from './quotas.js';
import type { Standing } from './rate-limit-headers.js';
import type { SharedCounters } from './shared-counters.js';

/** A request's turn at one quota. */
export interface Count extends Standing {
  isRefused: boolean;
}

/** Counts the requests of many keys against one quota: in memory, or in Redis, then with memory behind it. */
export class QuotaCounter {
  private readonly limiter: RateLimiterAbstract;

  constructor(
    private readonly quota: Quota,
    shared: SharedCounters | undefined,
  ) {
    const options = {
      keyPrefix: `rowhouse:rate:${quota.policy}`,
      points: quota.limit,
      duration: quota.windowSeconds,
    };
    const own = new RateLimiterMemory(options);
    this.limiter = shared
      ? new RateLimiterRedis({
          ...options,
          storeClient: shared,
          useRedisPackage: true,
          rejectIfRedisNotReady: true,
          insuranceLimiter: own,
          // Whoever has nothing left is refused here until the window ends: a flood does not reach Redis.
          inMemoryBlockOnConsumed: quota.limit,
        })
      : own;
  }

  /** Counts one request. */
  async count(key: string): Promise<Count> {
    try {
      return this.countOf(await this.limiter.consume(key), false);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return this.countOf(refusal, true);
    }
  }

  /** Is it known here, without asking, that nothing is left? */
  isExhausted(key: string): boolean {
    return ((this.limiter as Blocking).getInMemoryBlockMsBeforeExpire?.(this.limiter.getKey(key)) ?? 0) > 0;
  }

  private countOf({ remainingPoints, msBeforeNext }: RateLimiterRes, isRefused: boolean): Count {
    return { policy: this.quota.policy, remaining: remainingPoints, resetMs: msBeforeNext, isRefused };
  }
}

/** Limiters of a store have it; the package does not type it. */
type Blocking = RateLimiterAbstract & { getInMemoryBlockMsBeforeExpire?(fullKey: string): number };
