import type { Client } from 'pg';
import { type LockFact, type LockMode, lockModes } from '../../../src/migrations/lint/facts/lock-facts.js';
import { withClient } from '../../../src/migrations/index.js';
import { eventually } from '../../support/eventually.js';

type Measured = Pick<LockFact, 'rewrites' | 'scans'> & { locks: Record<string, LockMode> };

interface Relation {
  oid: number;
  name: string;
  file: number;
  scans: number;
}

/** Runs it in a transaction that is rolled back; `tables` are looked at. */
export async function measure(client: Client, statement: string, tables: string[]): Promise<Measured> {
  await client.query('BEGIN');
  try {
    const before = await relations(client, tables);
    await client.query(statement);
    const locks = await locksOf(client, before, 'pg_backend_pid()');
    const after = await relations(client, tables);
    const pairs = before.flatMap((old) => {
      const now = after.find(({ oid }) => oid === old.oid);
      return now ? [{ old, now }] : [];
    });
    return {
      locks,
      ...(pairs.some(({ old, now }) => now.file !== old.file) ? { rewrites: true } : {}),
      ...(pairs.some(({ old, now }) => now.scans > old.scans) ? { scans: true } : {}),
    };
  } finally {
    await client.query('ROLLBACK');
  }
}

/**
 * The locks of a statement that a transaction refuses: an open writer stands in its way, so that it can be seen to hold
 * or to wait for them; then it is let through.
 */
export async function measureAlone(url: string, statement: string, tables: string[]): Promise<Measured> {
  return withClient({ connectionString: url }, (writer) =>
    withClient({ connectionString: url }, async (client) => {
      const before = await relations(writer, tables);
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await writer.query('BEGIN; UPDATE child SET note = note');
      const running = client.query(statement);
      const locks = await eventually(async () => {
        const seen = await locksOf(writer, before, String(rows[0]?.pid));
        if (Object.keys(seen).length === 0) throw new Error(`no lock yet: ${statement}`);
        return seen;
      });
      await writer.query('ROLLBACK');
      await running;
      const after = await relations(writer, tables);
      const isNewFile = before.some((old) => after.find(({ oid }) => oid === old.oid)?.file !== old.file);
      return { locks, ...(isNewFile ? { rewrites: true } : {}) };
    }),
  );
}

async function relations(client: Client, tables: string[]): Promise<Relation[]> {
  // Read in the session itself: the counters of its open transaction, and no cache of another one.
  const { rows } = await client.query<Relation>(
    `SELECT oid::int, relname AS name, pg_relation_filenode(oid)::int AS file, pg_stat_get_xact_numscans(oid)::int AS scans
     FROM pg_class WHERE relname = ANY ($1) AND relkind = 'r'`,
    [tables],
  );
  return rows;
}

async function locksOf(client: Client, tables: Relation[], pid: string): Promise<Record<string, LockMode>> {
  const { rows } = await client.query<{ oid: number; mode: string }>(
    `SELECT relation::int AS oid, mode FROM pg_locks
     WHERE pid = ${pid} AND relation = ANY ($1::oid[]) AND mode <> 'AccessShareLock'`,
    [tables.map(({ oid }) => oid)],
  );
  const strongest: Record<string, LockMode> = {};
  for (const { name, oid } of tables) {
    const modes = rows.filter((row) => row.oid === oid).map(({ mode }) => spoken(mode));
    const mode = lockModes.findLast((known) => modes.includes(known));
    if (mode) strongest[name] = mode;
  }
  return strongest;
}

/** `ShareRowExclusiveLock` as the manual writes it. */
function spoken(mode: string): LockMode {
  const words = mode
    .replace(/Lock$/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
  const known = lockModes.find((name) => name === words);
  if (!known) throw new Error(`a lock mode nobody knows: ${mode}`);
  return known;
}
