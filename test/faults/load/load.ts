import { eventually } from '../../support/eventually.js';
import type { Random } from '../random.js';
import type { Tenant } from '../world/tenants.js';
import { Client } from './client.js';
import type { Ledger } from './ledger.js';
import type { Observations } from './observations.js';

const CLIENTS_PER_TENANT = 3;

/** Clients of several tenants, all at once, from `start()` to `stop()`. */
export class Load {
  private readonly stopping = new AbortController();
  private readonly clients: Client[];
  private running: Promise<unknown> = Promise.resolve();
  private address: Promise<string>;

  constructor(
    private readonly tenants: readonly Tenant[],
    ledger: Ledger,
    readonly seen: Observations,
    random: Random,
    url: string,
  ) {
    this.address = Promise.resolve(url);
    const around = { ledger, seen, target: () => this.address };
    this.clients = tenants.flatMap((tenant) =>
      Array.from({ length: CLIENTS_PER_TENANT }, () => new Client(tenant, random.fork(), around)),
    );
  }

  start(): void {
    this.running = Promise.all(this.clients.map((client) => client.run(this.stopping.signal)));
  }

  /** From now on requests go there; a promise holds them back until it is known. */
  redirect(url: string | Promise<string>): void {
    this.address = Promise.resolve(url);
  }

  /** Waits until every tenant had `count` more successes, and answers how long that took, in milliseconds. */
  async flows(count = 3, deadlineMs = 20_000): Promise<number> {
    const startedAt = performance.now();
    const goals = this.tenants.map((tenant) => ({ tenant, goal: this.seen.successesOf(tenant) + count }));
    await eventually(() => {
      const late = goals.find(({ tenant, goal }) => this.seen.successesOf(tenant) < goal);
      if (late) throw new Error(`No success for ${late.tenant.slug} within ${deadlineMs} ms`);
    }, deadlineMs);
    return performance.now() - startedAt;
  }

  /** Waits for `count` more answers whose name begins so: `503`, `503 DATABASE_UNAVAILABLE`. */
  async meets(name: string, count = 1, deadlineMs = 20_000): Promise<void> {
    const goal = this.seen.countOf(name) + count;
    await eventually(() => {
      const n = this.seen.countOf(name);
      if (n < goal) throw new Error(`${goal - n} answers "${name}" are missing after ${deadlineMs} ms`);
    }, deadlineMs);
  }

  /** Resolves once all that was asked for is answered. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}
