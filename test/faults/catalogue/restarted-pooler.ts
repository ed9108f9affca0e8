import type { Fault } from '../fault.js';
import { Pgbouncer } from '../../support/pgbouncer.js';

const TIMES = 3;
/** The driver sets them as a session begins, which a pooler in transaction mode cannot keep. */
const SESSION_SETTINGS =
  'statement_timeout,lock_timeout,idle_in_transaction_session_timeout,extra_float_digits';

/** The tenant pool goes through it; the control plane, which listens, does not. */
export const restartedPooler: Fault = {
  name: 'PgBouncer in transaction mode is killed and started again',
  needs: 'pgbouncer',
  async run({ world, load }) {
    const { tenantUrl } = world.database;
    const pooler = await Pgbouncer.start(tenantUrl, 'transaction', {
      ignore_startup_parameters: SESSION_SETTINGS,
      default_pool_size: 4, // fewer than the service's own, so that sessions change hands
    });
    const behind = await world.startService({
      DATABASE_URL: pooler.through(tenantUrl),
      DATABASE_PREPARED_STATEMENTS: 'false',
    });
    try {
      load.redirect(behind.url);
      await load.flows(10);
      for (let i = 0; i < TIMES; i++) {
        await pooler.kill();
        await load.meets('503 DATABASE_UNAVAILABLE');
        await pooler.run();
        await load.flows(5);
      }
    } finally {
      load.redirect(world.main.url);
      await load.flows(1);
      await behind.stop();
      await pooler.stop();
    }
  },
};
