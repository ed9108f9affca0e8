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

  sweepAll(): Promise<number> {
    return this.untilNoneIsLeft(() => this.keys.sweep());
  }
}
