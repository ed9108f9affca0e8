interface Waiting {
  tenantId: string;
  start: () => void;
}

interface Capacity {
  /** How many work at once; of each tenant one. */
  atOnce: number;
  /** How many wait, of each tenant and in all. */
  waitingOfTenant: number;
  waiting: number;
}

/** Turns at work that takes long: who has much to do waits for themselves, and not the others for them. */
export class Turns {
  private readonly working = new Set<string>();
  private readonly queue: Waiting[] = [];

  constructor(private readonly capacity: Capacity) {}

  /** undefined: too many wait already. */
  take<T>(tenantId: string, work: () => Promise<T>): Promise<T> | undefined {
    const waiting = this.queue.filter((other) => other.tenantId === tenantId).length;
    const { capacity } = this;
    if (waiting >= capacity.waitingOfTenant || this.queue.length >= capacity.waiting) return undefined;
    return this.turn(tenantId, work);
  }

  private async turn<T>(tenantId: string, work: () => Promise<T>): Promise<T> {
    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    this.queue.push({ tenantId, start });
    this.startNext();
    await started;
    try {
      return await work();
    } finally {
      this.working.delete(tenantId);
      this.startNext();
    }
  }

  private startNext(): void {
    if (this.working.size >= this.capacity.atOnce) return;
    const next = this.queue.findIndex(({ tenantId }) => !this.working.has(tenantId));
    const [first] = next === -1 ? [] : this.queue.splice(next, 1);
    if (!first) return;
    this.working.add(first.tenantId);
    first.start();
  }
}
