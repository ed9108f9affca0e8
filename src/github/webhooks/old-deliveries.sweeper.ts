import { Injectable } from '@nestjs/common';
import { Sweeper } from '../../tenancy/index.js';
import { Backlog } from './backlog.service.js';

const EVERY_MS = 3_600_000;

/** Forgets old deliveries, on every instance; two at once skip each other's rows. */
@Injectable()
export class OldDeliveriesSweeper extends Sweeper {
  constructor(private readonly backlog: Backlog) {
    super({ name: 'GitHub', failure: 'old deliveries not swept', everyMs: EVERY_MS });
  }

  sweepAll(): Promise<number> {
    return this.untilNoneIsLeft(() => this.backlog.forget());
  }
}
