/** How waiting ended: with a connection to take, given up, or too late. */
export type Turn = 'held' | 'left' | 'timeout';

export interface SlotSettings {
  /** Connections of the pool. */
  total: number;
  /** How many of them one tenant may hold. */
  perTenant: number;
  /** Transactions that may wait before the next is refused at once; one tenant has its share of these places, too. */
  maxWaiting: number;
  /** How long one waits. */
  timeoutMs: number;
}

/**
 * Decides who may take a connection of a pool, so that the pool's own queue, which knows no tenants, stays empty. A tenant
 * holds at most its share; who must wait, waits behind its own tenant only, and tenants take turns.
 */
export class TenantSlots {
  private held = 0;
  private waiting = 0;
  private readonly tenants = new Map<string, Tenant>();
  /** Tenants that have somebody waiting, in the order of their turns. */
  private readonly turns = new Set<Tenant>();
  private readonly maxWaitingPerTenant: number;

  constructor(private readonly settings: SlotSettings) {
    const { maxWaiting, perTenant, total } = settings;
    this.maxWaitingPerTenant = Math.ceil((maxWaiting * perTenant) / total);
  }

  get heldCount(): number {
    return this.held;
  }

  get waitingCount(): number {
    return this.waiting;
  }

  /** A slot that is held at once, or waits; undefined where too many wait. Whoever takes it calls `leave()`. */
  take(tenantId: string): Slot | undefined {
    const tenant = this.tenantOf(tenantId);
    const slot = new Slot(this, tenant);
    // Nobody is overtaken: who waits has no free slot, or none that its tenant may have.
    if (this.held < this.settings.total && tenant.held < this.settings.perTenant) this.hold(slot);
    else if (!this.queue(slot)) return undefined;
    return slot;
  }

  /** For `Slot.leave()`. */
  giveBack({ tenant }: Slot): void {
    this.held--;
    tenant.held--;
    for (const next of this.turns) {
      if (next.held >= this.settings.perTenant) continue;
      const [slot] = next.waiting;
      this.dequeue(slot!);
      if (this.turns.delete(next)) this.turns.add(next); // behind the others
      this.hold(slot!);
      break;
    }
    this.forget(tenant);
  }

  /** For `Slot.leave()`: it waits no longer. */
  leaveQueue(slot: Slot): void {
    this.dequeue(slot);
    this.forget(slot.tenant);
  }

  private dequeue(slot: Slot): void {
    const { tenant } = slot;
    this.waiting--;
    tenant.waiting.splice(tenant.waiting.indexOf(slot), 1);
    if (tenant.waiting.length === 0) this.turns.delete(tenant);
  }

  private hold(slot: Slot): void {
    this.held++;
    slot.tenant.held++;
    slot.hold();
  }

  private queue(slot: Slot): boolean {
    const { tenant } = slot;
    if (this.waiting >= this.settings.maxWaiting || tenant.waiting.length >= this.maxWaitingPerTenant) {
      this.forget(tenant);
      return false;
    }
    this.waiting++;
    tenant.waiting.push(slot);
    this.turns.add(tenant);
    slot.wait(this.settings.timeoutMs);
    return true;
  }

  private tenantOf(id: string): Tenant {
    let tenant = this.tenants.get(id);
    if (!tenant) this.tenants.set(id, (tenant = { id, held: 0, waiting: [] }));
    return tenant;
  }

  private forget({ id, held, waiting }: Tenant): void {
    if (held === 0 && waiting.length === 0) this.tenants.delete(id);
  }
}

interface Tenant {
  id: string;
  held: number;
  waiting: Slot[];
}

/** One transaction's place: it waits, then it is held, then it is left; or it is held at once. */
export class Slot {
  private state: 'waiting' | 'held' | 'left' = 'left';
  private settle: ((turn: Turn) => void) | undefined;
  private turn: Promise<Turn> | undefined;

  constructor(
    private readonly slots: TenantSlots,
    readonly tenant: Tenant,
  ) {}

  get isWaiting(): boolean {
    return this.state === 'waiting';
  }

  /** Where it waits: how that ended. */
  get whenSettled(): Promise<Turn> | undefined {
    return this.turn;
  }

  /** Gives the slot back, or leaves the queue; a second time nothing. */
  leave(): void {
    const { state } = this;
    this.state = 'left';
    if (state === 'held') this.slots.giveBack(this);
    if (state === 'waiting') this.slots.leaveQueue(this);
    this.settle?.('left');
  }

  /** For `TenantSlots`. */
  hold(): void {
    this.state = 'held';
    this.settle?.('held');
  }

  /** For `TenantSlots`. */
  wait(timeoutMs: number): void {
    const { promise, resolve } = Promise.withResolvers<Turn>();
    const timer = setTimeout(() => {
      this.settle?.('timeout');
      this.leave();
    }, timeoutMs);
    this.state = 'waiting';
    this.turn = promise;
    this.settle = (turn) => {
      clearTimeout(timer);
      resolve(turn);
    };
  }
}
