import { Injectable } from '@nestjs/common';
import { limitsProblems } from './limits.problems.js';
import { wholeSeconds } from './rate-limit-headers.js';

/** Whose limit was reached: a tenant's, a credential's, or that of a client address which presents bad credentials. */
export type Limited = 'tenant' | 'credential' | 'address';

/** The one place where a request is refused for coming too often; metrics read the counts. */
@Injectable()
export class Refusals {
  /** Since the start of the process. */
  readonly counts: Record<Limited, number> = { tenant: 0, credential: 0, address: 0 };

  /** Throws `RATE_LIMITED`. */
  refuse(whom: Limited, resetMs: number): never {
    this.counts[whom]++;
    throw limitsProblems.rateLimited(whom, wholeSeconds(resetMs));
  }
}
