import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { IdempotencyKeys } from './idempotency-keys.service.js';

const EVERY_MS = 600_000;

/** Deletes answers that are over 24 hours old, on every instance; two at once skip each other's rows. */
@Injectable()
export class IdempotencyKeysSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('IdempotencyKeys');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();
  private isStopping = false;

  constructor(private readonly keys: IdempotencyKeys) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Batch after batch until nothing is left; answers how many rows went. */
  async sweepAll(): Promise<number> {
    let total = 0;
    while (!this.isStopping) {
      const swept = await this.keys.sweep();
      if (swept === 0) break;
      total += swept;
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
            this.logger.warn({ msg: 'old idempotency keys not swept', reason: error.message }),
          )
          .finally(() => this.schedule());
      },
      EVERY_MS * (0.5 + Math.random()),
    ).unref();
  }
}
