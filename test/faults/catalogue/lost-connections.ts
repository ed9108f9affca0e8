import { setTimeout as sleep } from 'node:timers/promises';
import { withClient } from '../../../src/migrations/index.js';
import type { Fault } from '../fault.js';

const TIMES = 15;
/** Between two losses, in milliseconds: some come while the pool still heals. */
const PAUSE_MS = 200;

const SESSIONS = `
  SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND usename IN ('rowhouse_app', 'rowhouse_control') ORDER BY random() LIMIT 3`;

/** As an operator, an idle-in-transaction time-out or a failover does. */
export const terminatedSessions: Fault = {
  name: 'sessions are terminated at random',
  async run({ world: { database }, load, random, report }) {
    let ended = 0;
    await withClient({ connectionString: database.adminUrl }, async (admin) => {
      for (let i = 0; i < TIMES; i++) {
        const { rows } = await admin.query<{ pid: number }>(SESSIONS);
        for (const { pid } of rows) await admin.query('SELECT pg_terminate_backend($1)', [pid]);
        ended += rows.length;
        await sleep(random.int(0, PAUSE_MS));
      }
    });
    await load.flows();
    report('ended', `${ended} sessions`);
  },
};

/** All at once, in whatever they are doing. */
export const resetConnections: Fault = {
  name: 'all connections are reset',
  async run({ world: { tenantNetwork, controlNetwork }, load, random }) {
    for (let i = 0; i < TIMES; i++) {
      (random.chance(0.7) ? tenantNetwork : controlNetwork).reset();
      await sleep(random.int(0, PAUSE_MS));
    }
    await load.flows();
  },
};
