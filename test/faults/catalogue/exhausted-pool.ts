import { expect } from '@jest/globals';
import { withClient } from '../../../src/migrations/index.js';
import { eventually } from '../../support/eventually.js';
import type { Fault } from '../fault.js';

/** Somebody holds a lock that all need: every connection of the pool waits, and whoever comes is told so. */
export const exhaustedPool: Fault = {
  name: 'the pool is exhausted',
  async run({ world: { database, main }, load }) {
    const probes = new Set<number>();
    await withClient({ connectionString: database.adminUrl }, async (locker) => {
      await locker.query('BEGIN; LOCK TABLE services, api_keys, audit_log IN ACCESS EXCLUSIVE MODE');
      await eventually(async () => {
        probes.add(await main.readiness());
        expect(load.seen.countOf('503 DATABASE_BUSY')).toBeGreaterThan(5);
      }, 20_000);
      await locker.query('ROLLBACK');
    });
    await load.flows();
    probes.add(await main.readiness());
    expect([...probes]).toEqual([200]);
  },
};
