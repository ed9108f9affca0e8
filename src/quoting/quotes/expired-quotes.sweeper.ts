import { Injectable } from '@nestjs/common';
import { Sweeper } from '../../tenancy/index.js';
import { ExpireQuotes } from './expire-quotes.service.js';

const EVERY_MS = 3_600_000;

/** Stores every hour, on every instance, which quotes have expired; nobody waits for it, since all who read compute it. */
@Injectable()
export class ExpiredQuotesSweeper extends Sweeper {
  constructor(private readonly quotes: ExpireQuotes) {
    super({ name: 'Quotes', failure: 'expired quotes not swept', everyMs: EVERY_MS });
  }

  /** Tenant after tenant; one that fails does not keep the others waiting. Answers how many quotes it met. */
  async sweepAll(): Promise<number> {
    let total = 0;
    let last: string | undefined;
    while (!this.isStopping) {
      const batch = await this.quotes.tenantsAfter(last);
      if (batch.length === 0) break;
      for (const tenantId of batch) total += await this.sweep(tenantId);
      last = batch.at(-1);
    }
    return total;
  }

  private async sweep(tenantId: string): Promise<number> {
    try {
      return await this.untilNoneIsLeft(() => this.quotes.expire(tenantId));
    } catch (error) {
      this.tell(error, { tenantId });
      return 0;
    }
  }
}
