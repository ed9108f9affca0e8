import { Injectable, Logger } from '@nestjs/common';
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
  private readonly logger = new Logger('Authentication');
  private readonly limiter: RateLimiterMemory | undefined;

  constructor(
    { limits: { failedSignInsPerMinute: points } }: Config,
    private readonly refusals: Refusals,
  ) {
    this.limiter = points > 0 ? new RateLimiterMemory({ points, duration: WINDOW_SECONDS }) : undefined;
  }

  /** Before a credential is looked up that nobody knows yet. Rejects with `RATE_LIMITED` where too many have failed. */
  async refuseExhausted(ip: string): Promise<void> {
    const count = await this.limiter?.get(clientNetwork(ip));
    if (count && count.remainingPoints === 0) await this.refusals.refuse('address', count.msBeforeNext);
  }

  /** After a credential was refused. Rejects with `RATE_LIMITED` where it was one too many. */
  async note(ip: string): Promise<void> {
    if (!this.limiter) return;
    const { consumedPoints, msBeforeNext } = await this.limiter.penalty(clientNetwork(ip));
    const { points } = this.limiter;
    if (consumedPoints === points + 1) {
      const hint = 'is it a proxy? Then TRUST_PROXY must name it';
      this.logger.warn({ msg: `too many bad credentials from one address; ${hint}`, ip });
    }
    if (consumedPoints > points) await this.refusals.refuse('address', msBeforeNext);
  }
}
