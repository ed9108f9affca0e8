import type { PoolClient } from 'pg';
import { unwrapDrizzle } from '../../../src/database/index.js';
import { notes } from '../../notes/notes.schema.js';
import type { DatabaseRoom } from '../../support/database-room.js';
import { Choices } from './choices.js';
import { ENDINGS, type Ending } from './reuse-endings.js';
import type { Scene } from './scene.js';

/** Past all walls, and on one connection: it looks after every step. */
export interface Reused {
  room: DatabaseRoom;
  admin: PoolClient;
}

const NAMES = Object.keys(ENDINGS) as (keyof typeof ENDINGS)[];
/** Transactions that run at the same time, on fewer connections. */
const AT_ONCE = 4;

/**
 * Reuse: however transactions end, in any interleaving, the next tenant on their connections finds them as new. A program
 * is steps, one for each stream, of up to four transactions at once. Answers how many transactions it ran.
 */
export async function reuse(world: Reused, streams: number[][]): Promise<number> {
  const program = new Program(world);
  await world.admin.query('DELETE FROM notes');
  for (const numbers of streams) {
    const choices = Choices.of(numbers);
    await program.step(choices.several(1, AT_ONCE, () => [choices.pick(NAMES), choices.below(2)] as const));
  }
  return program.transactions;
}

class Program {
  transactions = 0;
  readonly #transcript: string[] = [];
  readonly #kept = new Map<string, string[]>();
  readonly #late: (() => Promise<unknown>)[] = [];

  constructor(private readonly world: Reused) {}

  async step(parts: (readonly [keyof typeof ENDINGS, number])[]): Promise<void> {
    const { acme, globex } = this.world.room;
    this.#transcript.push(parts.map(([name, side]) => `${name} of ${side ? 'globex' : 'acme'}`).join(' + '));
    await Promise.all(parts.map(([name, side]) => this.end(name, side ? [globex, acme] : [acme, globex])));
    await this.lookAround();
  }

  private async end(name: keyof typeof ENDINGS, [tenantId, neighbourId]: [string, string]): Promise<void> {
    const { room, admin } = this.world;
    const title = `${name} ${++this.transactions}`;
    const late = this.#late;
    const terminate = (pid: number) => admin.query('SELECT pg_terminate_backend($1)', [pid]);
    const scene: Scene = { room, tenantId, neighbourId, title, late, terminate };
    const { run, ends }: Ending = ENDINGS[name];
    const ended = await run(scene).then(() => 'committed', codeOf);
    if (ended !== ends) this.violated(`${name} must end with ${ends}, but ended with ${ended}`);
    if (ends === 'committed') this.#kept.set(tenantId, [...this.keptOf(tenantId), title]);
  }

  /** As the next tenant, then as somebody who sees all. */
  private async lookAround(): Promise<void> {
    const { room, admin } = this.world;
    for (const [tenantId, neighbourId] of [
      [room.acme, room.globex],
      [room.globex, room.acme],
    ] as const) {
      const seen = await room.transactions.withTenant(tenantId, { access: 'write' }, async () => {
        const rows = await room.db.select({ title: notes.title, tenantId: notes.tenantId }).from(notes);
        for (const late of this.#late) {
          const ended = await late().then(() => 'committed', codeOf);
          if (ended !== 'TENANT_TX_CLOSED') this.violated(`a late query ended with ${ended}`);
        }
        return rows;
      });
      if (seen.some((row) => row.tenantId === neighbourId))
        this.violated('a tenant saw a row of its neighbour');
      this.same(
        'a tenant sees',
        seen.map(({ title }) => title),
        this.keptOf(tenantId),
      );
    }
    this.#late.length = 0;
    const { rows } = await admin.query<{ title: string }>('SELECT title FROM notes');
    this.same(
      'stored is',
      rows.map(({ title }) => title),
      [...this.#kept.values()].flat(),
    );
    await this.lookAtSessions();
  }

  private async lookAtSessions(): Promise<void> {
    const { pool, slots } = this.world.room;
    const clients = await Promise.all(Array.from({ length: pool.idleCount }, () => pool.connect()));
    try {
      await Promise.all(clients.map((client) => this.lookAtSession(client)));
    } finally {
      for (const client of clients) client.release();
    }
    const { heldCount, waitingCount } = slots;
    if (heldCount + waitingCount + pool.waitingCount > 0) this.violated('a slot of the pool is lost');
  }

  private async lookAtSession(client: PoolClient): Promise<void> {
    const status = client.getTransactionStatus();
    if (status !== 'I') this.violated(`a connection in the pool has the status ${status}`);
    const { rows } = await client.query<{ left: string }>(LEFTOVERS);
    if (rows.length > 0) this.violated(`left over: ${rows.map(({ left }) => left).join(', ')}`);
  }

  private keptOf(tenantId: string): string[] {
    return this.#kept.get(tenantId) ?? [];
  }

  private same(what: string, found: string[], expected: string[]): void {
    const [is, must] = [found, expected].map((titles) => titles.toSorted().join(', '));
    if (is !== must) this.violated(`${what}: ${is}\nbut must be: ${must}`);
  }

  private violated(what: string): never {
    throw new Error(`REUSE VIOLATED\n${this.#transcript.join('\n')}\n${what}`);
  }
}

const codeOf = (thrown: unknown): string => {
  const error = unwrapDrizzle(thrown) as { sqlState?: string; code?: string; message: string };
  return error.sqlState ?? error.code ?? error.message;
};

/** What one session can leave to the next user of its connection. Our own prepared statements have digests for names. */
const LEFTOVERS = `
  SELECT 'the context ' || current_setting('app.tenant_id', true) AS left WHERE current_setting('app.tenant_id', true) <> ''
  UNION ALL SELECT 'the cursor ' || name FROM pg_cursors WHERE name <> ''
  UNION ALL SELECT 'the statement ' || name FROM pg_prepared_statements WHERE name !~ '^[0-9a-f]{16}$'
  UNION ALL SELECT 'the channel ' || c FROM pg_listening_channels() c
  UNION ALL SELECT 'the setting ' || name FROM pg_settings
    WHERE source = 'session' AND name NOT IN ('application_name', 'client_encoding', 'DateStyle', 'TimeZone') -- PgBouncer's
  UNION ALL SELECT 'a lock ' || locktype FROM pg_locks
    WHERE pid = pg_backend_pid() AND locktype NOT IN ('virtualxid', 'relation')
  UNION ALL SELECT 'the temporary ' || relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()`;
