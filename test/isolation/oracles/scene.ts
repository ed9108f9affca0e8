import { sql } from 'drizzle-orm';
import type { PoolClient } from 'pg';
import type { TransactionOptions } from '../../../src/database/index.js';
import { notes } from '../../notes/notes.schema.js';
import type { DatabaseRoom } from '../../support/database-room.js';

/** One transaction of a program: whose it is, and what it may write. */
export interface Scene {
  room: DatabaseRoom;
  tenantId: string;
  neighbourId: string;
  title: string;
  terminate(pid: number): Promise<unknown>;
  /** Queries that will be sent when the transaction is over, inside of others. */
  late: (() => Promise<unknown>)[];
}

export const write = (
  scene: Scene,
  work: () => Promise<unknown>,
  options: Partial<TransactionOptions> = {},
) => scene.room.transactions.withTenant(scene.tenantId, { access: 'write', ...options }, work);
export const add = ({ room, tenantId, title }: Scene, more = '') => room.addNote(tenantId, `${title}${more}`);
export const pause = ({ room }: Scene, seconds: number) =>
  Promise.resolve(room.db.execute(sql`select pg_sleep(${seconds})`));
export const select = ({ room }: Scene) =>
  Promise.resolve(room.db.select({ title: notes.title }).from(notes));
export const pidOf = async ({ room }: Scene) => {
  const { rows } = await room.db.execute(sql`select pg_backend_pid() as pid`);
  return rows[0]!['pid'] as number;
};

/** The driver's time-out on the connection of this transaction, until it goes back to the pool. */
export function giveUpAfter(ms: number, { pool, transactions }: DatabaseRoom): void {
  const client = transactions.currentLease('tenant')['client']!;
  const { connectionParameters } = client as unknown as { connectionParameters: { query_timeout: number } };
  connectionParameters.query_timeout = ms;
  const forget = (_error: unknown, released: PoolClient) => {
    if (released !== client) return;
    connectionParameters.query_timeout = 0;
    pool.off('release', forget);
  };
  pool.on('release', forget);
}
