import { Injectable } from '@nestjs/common';
import { Sweeper } from '../sweeper.js';
import { IdempotencyKeys } from './idempotency-keys.service.js';

const EVERY_MS = 600_000;

/** Deletes answers that are over 24 hours old, on every instance; two at once skip each other's rows. */
@Injectable()
export class IdempotencyKeysSweeper extends Sweeper {
  constructor(private readonly keys: IdempotencyKeys) {
    super({ name: 'IdempotencyKeys', failure: 'old idempotency keys not swept', everyMs: EVERY_MS });
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
}
