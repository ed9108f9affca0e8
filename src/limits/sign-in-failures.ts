import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Config } from '../config/index.js';
import { clientNetwork } from './client-network.js';
import { WINDOW_SECONDS } from './quotas.js';
import { Refusals } from './refusals.js';

/**
 * Counts the credentials that a client address presents in vain. Guessing becomes slow, and random keys do not reach the
 * control pool; good credentials count nothing, so that neighbours behind one address (NAT, a proxy) are not hurt.
 * Counted per process, as is the pool that it protects.
 */
@Injectable()
export class SignInFailures {
  private readonly limiter: RateLimiterMemory | undefined;

  constructor(
    { limits: { failedSignInsPerMinute: points } }: Config,
    private readonly refusals: Refusals,
  ) {
    this.limiter = points > 0 ? new RateLimiterMemory({ points, duration: WINDOW_SECONDS }) : undefined;
  }

  /** Before a credential is looked up that nobody knows yet. Throws `RATE_LIMITED` where too many have failed. */
  async refuseExhausted(ip: string): Promise<void> {
    const count = await this.limiter?.get(clientNetwork(ip));
    if (count && count.remainingPoints === 0) this.refusals.refuse('address', count.msBeforeNext);
  }

  /** After a credential was refused. Throws `RATE_LIMITED` where it was one too many. */
  async note(ip: string): Promise<void> {
    const count = await this.limiter?.penalty(clientNetwork(ip));
    if (count && count.consumedPoints > this.limiter!.points)
      this.refusals.refuse('address', count.msBeforeNext);
  }
}
