import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.js';
import type { Tenant } from '../world/tenants.js';
import { type Answer, type Request, exchange, mayComeAgain } from './exchange.js';
import type { Entry, Ledger } from './ledger.js';
import type { Observations } from './observations.js';
import { READS } from './reads.js';
import { type WriteKind, WRITES } from './writes.js';

/** What all clients of a load share. */
export interface Surroundings {
  ledger: Ledger;
  seen: Observations;
  /** Where requests go at this moment; waits while there is nowhere. */
  target(): Promise<string>;
}

/** Longest rest between two requests of a client, in milliseconds. */
const THINK_MS = 20;
/** Only the Idempotency-Key, or asking once, keeps these from being there twice. */
const REPEATABLE = [WRITES.apikey, WRITES.operated, WRITES.once];
const RETRY_MS = { min: 50, max: 250 };
/** After so many tries of one change the service is taken for broken. */
const MAX_TRIES = 200;

/** One client of a tenant: reads and writes as the seed says, and asks again where it was told to. */
export class Client {
  /** Services that it registered and did not describe yet, which it does once: a description takes the place of another. */
  private readonly fresh: string[] = [];
  /** Those that it may remove. */
  private readonly services: string[] = [];
  /** Versions that it registered, and may deploy. */
  private readonly versions: string[] = [];

  constructor(
    private readonly tenant: Tenant,
    private readonly random: Random,
    private readonly around: Surroundings,
  ) {}

  /** Until `stop` is aborted; a change that was asked for under a key is asked for until it is answered. */
  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await (this.random.chance(0.5) ? this.read() : this.write());
      await sleep(this.random.int(0, THINK_MS));
    }
  }

  private async read(): Promise<void> {
    const mine = this.random.chance(0.3) ? this.services.at(-1) : undefined;
    await this.send({
      method: 'GET',
      path: mine === undefined ? this.random.pick(READS) : `/v1/services/${mine}`,
    });
  }

  private async write(): Promise<void> {
    const kind = this.random.pick<WriteKind>(this.random.chance(0.4) ? REPEATABLE : Object.values(WRITES));
    const { fresh, services, versions } = this;
    if (kind === WRITES.removal) return this.makeOf(services.shift(), kind);
    if (kind === WRITES.deployment) return this.makeOf(versions.shift(), kind);
    if (kind === WRITES.description) return this.describe(fresh.shift());
    const entry = await this.make(kind, this.around.ledger.open(kind, this.tenant));
    if (!entry.isAcknowledged) return;
    if (kind === WRITES.service) fresh.push(entry.marker);
    if (kind === WRITES.version) versions.push(entry.marker);
  }

  private async describe(service: string | undefined): Promise<void> {
    if (service === undefined) return;
    const kind = WRITES.description;
    await this.make(kind, this.around.ledger.open(kind, this.tenant), service);
    this.services.push(service);
  }

  /** Of something that was made before, if there is any. */
  private async makeOf(marker: string | undefined, kind: WriteKind): Promise<void> {
    if (marker !== undefined) await this.make(kind, this.around.ledger.open(kind, this.tenant, marker));
  }

  private async make(kind: WriteKind, entry: Entry, service = ''): Promise<Entry> {
    const request = kind.request(entry.marker, this.tenant, service);
    for (let tries = 1; ; tries++) {
      const answer = await this.send(kind.isKeyed ? { ...request, idempotencyKey: entry.marker } : request);
      this.around.ledger.note(entry, answer);
      if (!kind.isKeyed || !mayComeAgain(answer) || tries === MAX_TRIES) return entry;
      await sleep(this.random.int(RETRY_MS.min, RETRY_MS.max));
    }
  }

  private async send(request: Request): Promise<Answer> {
    const answer = await exchange(await this.around.target(), this.tenant, request);
    this.around.seen.note(this.tenant, request, answer);
    return answer;
  }
}
