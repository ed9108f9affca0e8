import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ExpireQuotes } from './expire-quotes.service.js';

const EVERY_MS = 3_600_000;

/** Stores every hour, on every instance, which quotes have expired; nobody waits for it, since all who read compute it. */
@Injectable()
export class ExpiredQuotesSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Quotes');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();
  private isStopping = false;

  constructor(private readonly quotes: ExpireQuotes) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.timer);
    await this.running;
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
    let total = 0;
    try {
      while (!this.isStopping) {
        const expired = await this.quotes.expire(tenantId);
        if (expired === 0) break;
        total += expired;
      }
    } catch (error) {
      this.logger.warn({ msg: 'expired quotes not swept', tenantId, reason: (error as Error).message });
    }
    return total;
  }

  /** Jittered, so that instances that started together do not sweep together. */
  private schedule(): void {
    if (this.isStopping) return;
    this.timer = setTimeout(
      () => {
        this.running = this.sweepAll()
          .catch((error: Error) =>
            this.logger.warn({ msg: 'expired quotes not swept', reason: error.message }),
          )
          .finally(() => this.schedule());
      },
      EVERY_MS * (0.5 + Math.random()),
    ).unref();
  }
}
