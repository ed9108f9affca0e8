import type { INestApplicationContext } from '@nestjs/common';
import type { Pool } from 'pg';
import { TENANT_POOL } from '../../src/database/database.tokens.js';

/** A statement that the application sent, and how the server ran it. */
export interface Plan {
  statement: string;
  /** As EXPLAIN prints it, without costs. */
  plan: string;
}

/** Past every wall, as superuser. */
type RunAsAdmin = (text: string) => Promise<unknown>;

/**
 * Has the server explain each statement of the application as it runs it, under its login, its row security and its
 * parameters (https://www.postgresql.org/docs/18/auto-explain.html). `isCounting`: with the rows that each step met.
 * What is returned runs requests and answers the plans of their statements.
 */
export async function capturePlans(
  app: INestApplicationContext,
  database: string,
  runAsAdmin: RunAsAdmin,
  { isCounting = false } = {},
): Promise<(request: () => Promise<unknown>) => Promise<Plan[]>> {
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': 0,
    'auto_explain.log_level': 'notice',
    'auto_explain.log_analyze': isCounting,
    'auto_explain.log_timing': false,
    'auto_explain.log_buffers': false,
  };
  for (const [name, value] of Object.entries(settings))
    await runAsAdmin(`ALTER DATABASE ${database} SET ${name} = '${value}'`);
  // PostgreSQL 15 neither shows parameters nor knows how to be told not to.
  await runAsAdmin(`DO $$ BEGIN IF current_setting('server_version_num')::int >= 160000 THEN
                      ALTER DATABASE ${database} SET auto_explain.log_parameter_max_length = 0; END IF; END $$`);
  let plans: Plan[] = [];
  const pool = app.get<Pool>(TENANT_POOL);
  pool.on('connect', (client) =>
    client.on('notice', ({ message }) => {
      const plan = planOf(message ?? '');
      if (plan && plan.statement !== DRAIN) plans.push(plan);
    }),
  );
  // Sessions that are open already were not told.
  await runAsAdmin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                     WHERE datname = '${database}' AND usename = 'rowhouse_app'`);
  return async (request) => {
    plans = [];
    await request();
    await drained(pool);
    return plans;
  };
}

/**
 * The server tells of a request's last statement when it ends the transaction, which may be after the answer: a further
 * statement on each connection is answered after all of it.
 */
async function drained(pool: Pool): Promise<void> {
  const clients = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()));
  await Promise.all(clients.map((client) => client.query(DRAIN)));
  for (const client of clients) client.release();
}

const DRAIN = 'SELECT 1';

function planOf(notice: string): Plan | undefined {
  const found = /plan:\nQuery Text: ([^]*?)\n((?:\S.*)  \(cost[^]*)$/.exec(notice);
  if (!found) return undefined;
  const [, statement = '', plan = ''] = found;
  return {
    statement: statement.replace(/\s+/g, ' ').trim(),
    plan: plan.replace(/  \(cost=[^)]*\)/g, '').trimEnd(),
  };
}
