import type { Pool, PoolClient } from 'pg';
import { unavailable } from './database-errors.js';
import type { Slot, TenantSlots } from './tenant-slots.js';
import type { TransactionReport } from './transaction-report.js';

/** One transaction's way to a connection and back: its tenant's turn first, then the pool. */
export class Checkout {
  private slot: Slot | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly slots: TenantSlots,
    private readonly whose: string,
    private readonly report: TransactionReport,
  ) {}

  /** Rejects with `DATABASE_BUSY` or `DATABASE_UNAVAILABLE`. Undefined where `stopWaiting()` ended it. */
  async take(): Promise<PoolClient | undefined> {
    const slot = (this.slot = this.slots.take(this.whose));
    if (!slot) throw this.report.busy('full', 'Too many requests wait for a connection already');
    if (slot.isWaiting) {
      const turn = await slot.whenSettled;
      if (turn === 'timeout') throw this.tooLate();
      if (turn === 'left') return undefined;
    }
    return this.pool.connect().catch((error: unknown) => {
      slot.leave();
      throw isQueueTimeout(error) ? this.tooLate() : unavailable(error);
    });
  }

  /** Whoever waits for a turn leaves the queue. */
  stopWaiting(): void {
    if (this.slot?.isWaiting) this.slot.leave();
  }

  /** The next in the queue may have it. */
  giveBack(client: PoolClient, isPoisoned: boolean): void {
    client.release(isPoisoned);
    this.slot?.leave();
  }

  /** Of a connection that was destroyed already. */
  forget(): void {
    this.slot?.leave();
  }

  private tooLate(): Error {
    return this.report.busy('timeout', 'No connection became free in time');
  }
}

const isQueueTimeout = (error: unknown) =>
  error instanceof Error && error.message.startsWith('timeout exceeded');
