import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { withClient } from '../../../src/migrations/index.js';
import { eventually } from '../../support/eventually.js';
import type { Fault } from '../fault.js';

const GRACE_MS = 8_000;
/** Time for load balancers to notice. */
const DELAY_MS = 1_000;

/** As a rolling update does it: one more is up, and the load balancer sends there once the old one is not ready. */
export const sigterm: Fault = {
  name: 'SIGTERM, while another server takes over',
  async run({ world, load, report }) {
    const leaving = await world.startService({
      SHUTDOWN_DELAY_MS: String(DELAY_MS),
      DRAIN_TIMEOUT_MS: String(GRACE_MS),
    });
    load.redirect(leaving.url);
    await load.flows();
    const startedAt = performance.now();
    // Requests that are in flight for long enough to see the end: they wait for a lock that is held over the signal.
    const code = await withClient({ connectionString: world.database.adminUrl }, async (locker) => {
      await locker.query('BEGIN; LOCK TABLE services IN ACCESS EXCLUSIVE MODE');
      await eventually(async () => {
        const { rows } = await world.database.query(WAITING);
        expect(rows.length).toBeGreaterThan(2);
      });
      leaving.signal('SIGTERM');
      await eventually(async () => expect(await leaving.readiness()).toBe(503), DELAY_MS);
      report('not ready', `${Math.round(performance.now() - startedAt)} ms after SIGTERM, at most`);
      load.redirect(world.main.url);
      await sleep(DELAY_MS); // the port has closed by then, and they are in flight still
      await locker.query('ROLLBACK');
      return leaving.exit;
    });
    const endedMs = performance.now() - startedAt;
    report('ended', `with ${code} after ${Math.round(endedMs)} ms`);
    expect(code).toBe(0);
    expect(endedMs).toBeLessThan(DELAY_MS + GRACE_MS);
    expect(load.seen.countOf('0 NO_ANSWER')).toBe(0);
  },
};

const WAITING = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = 'rowhouse_app'`;

/** Whatever it was doing; another is started in its place. */
export const killedService: Fault = {
  name: 'the service is killed with -9 and started again',
  excuses: ['NO_ANSWER'],
  slowestMs: 20_000,
  async run({ world, load }) {
    const victim = await world.startService();
    load.redirect(victim.url);
    await load.flows();
    victim.signal('SIGKILL');
    await load.meets('0 NO_ANSWER');
    const next = world.startService();
    load.redirect(next.then(({ url }) => url));
    await load.flows();
    load.redirect(world.main.url);
    await (await next).stop();
  },
};
