import type { TestDatabase } from '../../support/database.js';
import type { Tenant } from '../world/tenants.js';
import { type Answer, isSuccess, saysNothingStored } from './exchange.js';
import { INVARIANTS, type WriteKind, WRITES } from './writes.js';

/** One change that a client asked for, however often it had to ask. */
export interface Entry {
  kind: WriteKind;
  tenant: Tenant;
  /** Names it in the database. */
  marker: string;
  isAcknowledged: boolean;
  /** Was every answer so far one that says that nothing was stored? */
  isDenied: boolean;
  /** Had an attempt an effect that was told to have none? */
  isReplayed: boolean;
}

/** What the database has made of the ledger; all lists must be empty. */
export interface Verdict {
  acknowledged: number;
  /** Acknowledged, and not there. */
  lost: string[];
  /** There more often than once. */
  doubled: string[];
  /** There for another tenant. */
  leaked: string[];
  /** There, though the client was told that nothing was stored. */
  untrue: string[];
  /** Half of a transaction. */
  torn: string[];
}

/** Every change that clients asked for, and what they were told of it. */
export class Ledger {
  private readonly entries: Entry[] = [];

  /** A change that is asked for now; `marker` where it is one of something that has a name already. */
  open(kind: WriteKind, tenant: Tenant, marker = this.newMarker(kind, tenant)): Entry {
    const entry = { kind, tenant, marker, isAcknowledged: false, isDenied: true, isReplayed: false };
    this.entries.push(entry);
    return entry;
  }

  /** What the client was told. */
  note(entry: Entry, answer: Answer): void {
    const isReplay = answer.headers.get('idempotent-replayed') === 'true';
    // The effect of an attempt before this one, which was told to have none.
    if (isSuccess(answer) && isReplay && entry.isDenied && !entry.isAcknowledged) entry.isReplayed = true;
    if (isSuccess(answer)) entry.isAcknowledged = true;
    else if (!saysNothingStored(answer)) entry.isDenied = false;
  }

  get size(): number {
    return this.entries.length;
  }

  /** Compares what was asked for, or only what came after the first `skip` changes, with the database. */
  async compare(database: TestDatabase, skip = 0): Promise<Verdict> {
    const entries = this.entries.slice(skip);
    const verdict: Verdict = {
      acknowledged: entries.filter(({ isAcknowledged }) => isAcknowledged).length,
      lost: [],
      doubled: [],
      leaked: [],
      untrue: entries.filter(({ isReplayed }) => isReplayed).map(({ marker }) => `replayed: ${marker}`),
      torn: [],
    };
    const byKind = Map.groupBy(entries, ({ kind }) => kind);
    for (const kind of Object.values(WRITES)) {
      const { rows } = await database.query<Stored>(kind.stored);
      judge(byKind.get(kind) ?? [], rows, verdict);
    }
    for (const [name, text] of Object.entries(INVARIANTS)) {
      const { rows } = await database.query(text);
      verdict.torn.push(...rows.map((row) => `${name}: ${JSON.stringify(row)}`));
    }
    return verdict;
  }

  private newMarker({ name }: WriteKind, { slug }: Tenant): string {
    return `${slug}.${name}.${this.entries.length.toString(36)}`;
  }
}

interface Stored {
  marker: string;
  tenant_id: string;
  n: number;
}

function judge(entries: Entry[], stored: Stored[], verdict: Verdict): void {
  const rows = Map.groupBy(stored, ({ marker }) => marker);
  for (const { kind, tenant, marker, isAcknowledged, isDenied } of entries) {
    const found = rows.get(marker) ?? [];
    const n = found.reduce((sum, row) => sum + row.n, 0);
    const wanted = kind.rows ?? 1;
    if (found.some((row) => row.tenant_id !== tenant.id)) verdict.leaked.push(marker);
    if (n > wanted) verdict.doubled.push(`${marker}: ${n}`);
    else if (isAcknowledged && n < wanted) verdict.lost.push(`${marker}: ${n} of ${wanted}`);
    else if (!isAcknowledged && n > 0 && n < wanted) verdict.torn.push(`${marker}: ${n} of ${wanted}`);
    else if (!isAcknowledged && isDenied && n > 0) verdict.untrue.push(marker);
  }
}
