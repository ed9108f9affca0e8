import { expect } from '@jest/globals';
import { withClient } from '../../../src/migrations/index.js';
import { eventually } from '../../support/eventually.js';
import type { Fault } from '../fault.js';
import { exchange, isSuccess } from '../load/exchange.js';
import { QUIET, sessionsOf } from '../world/quiet.js';
import type { World } from '../world/world.js';

const CLIENTS = 12;

/**
 * In the midst of a write: what was written waits for a lock before the rest. The queries are cancelled while the lock is
 * still held, the half that was written is rolled back, and nobody ever gets to see these sessions.
 */
export const clientsGone: Fault = {
  name: 'clients go away in the midst of their requests',
  async run({ world, random }) {
    const { url } = await world.quiet();
    const name = `gone-${random.int(0, 1e9)}`;
    await withClient({ connectionString: world.database.adminUrl }, async (locker) => {
      // A key is written beside the line of the audit log that tells of it.
      await locker.query('BEGIN; LOCK TABLE audit_log IN ACCESS EXCLUSIVE MODE');
      const leave = new AbortController();
      const clients = Array.from({ length: CLIENTS }, (_, i) => {
        const body = { name: `${name}-${i}` };
        const request = { method: 'POST', path: '/v1/api-keys', body } as const;
        return exchange(url, random.pick(world.tenants), request, leave.signal);
      });
      await eventually(async () => expect(await blocked(world)).toBeGreaterThan(3));
      leave.abort();
      await Promise.all(clients);
      await eventually(async () => expect(await blocked(world)).toBe(0));
      await locker.query('ROLLBACK');
    });
    for (const tenant of world.tenants) {
      const answer = await exchange(url, tenant, { method: 'GET', path: '/v1/audit-log?limit=100' });
      expect([isSuccess(answer), answer.text.includes(name)]).toEqual([true, false]);
    }
    const { rows } = await world.database.query('SELECT 1 FROM api_keys WHERE name LIKE $1', [`${name}-%`]);
    expect(rows).toEqual([]);
  },
};

/** Not on the locker's connection, which sees the sessions as they were when its transaction first looked. */
async function blocked({ database }: World): Promise<number> {
  const { rows } = await database.query(`${sessionsOf(QUIET)} AND wait_event_type = 'Lock'`);
  return rows.length;
}
