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

/** The one place where a request is refused for coming too often. */
@Injectable()
export class Refusals {
  private readonly refusals = this.metrics.counter(
    'rate_limit_refusals_total',
    'Requests answered 429, by whose limit was reached',
    ['limit'],
  );

  constructor(private readonly metrics: Metrics) {
    for (const limit of LIMITS) this.refusals.inc({ limit }, 0);
  }

  /** Throws `RATE_LIMITED`. */
  refuse(limit: Limited, resetMs: number): never {
    this.refusals.inc({ limit });
    throw limitsProblems.rateLimited(limit, wholeSeconds(resetMs));
  }
}
