import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Metrics } from '../observability/index.js';
import { limitsProblems } from './limits.problems.js';
import { wholeSeconds } from './rate-limit-headers.js';

/**
 * Whose limit was reached: a tenant's, a credential's, a visitor's who has none, or that of a client address which presents
 * bad ones.
 */
const LIMITS = ['tenant', 'credential', 'visitor', 'address'] as const;
export type Limited = (typeof LIMITS)[number];

/** Whoever asks again as soon as it is refused does so five times a second on each connection, not thousands of times. */
const HOLD_MS = { min: 100, max: 300 };
/** Refusals that are held at the same time; the next are answered at once, so that holding them costs little memory. */
const MAX_HELD = 1_000;

/**
 * The one place where a request is refused for coming too often. All tenants share the process that says no: it says so
 * late, so that a client which does not slow down is slowed down, and the others' requests are not behind its refusals.
 */
@Injectable()
export class Refusals {
  private readonly refusals = this.metrics.counter(
    'rate_limit_refusals_total',
    'Requests answered 429, by whose limit was reached',
    ['limit'],
  );
  private held = 0;

  constructor(private readonly metrics: Metrics) {
    for (const limit of LIMITS) this.refusals.inc({ limit }, 0);
  }

  /** Rejects with `RATE_LIMITED`, always. `resetMs`: when the limit is a new one. */
  async refuse(limit: Limited, resetMs: number): Promise<never> {
    this.refusals.inc({ limit });
    await this.hold();
    throw limitsProblems.rateLimited(limit, wholeSeconds(resetMs));
  }

  private async hold(): Promise<void> {
    if (this.held >= MAX_HELD) return;
    this.held++;
    // Each its own time: a thousand that come together do not go together.
    await sleep(HOLD_MS.min + Math.random() * (HOLD_MS.max - HOLD_MS.min));
    this.held--;
  }
}
