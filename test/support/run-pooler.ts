import type { TestRun } from '../../src/testing/test-run.js';
import { urlFor } from '../../src/testing/test-run.js';
import { Pgbouncer } from './pgbouncer.js';

let pooler: Pgbouncer | undefined;

/** One PgBouncer before the server of the run (`TEST_POOLER=pgbouncer`), with the settings of docs/pgbouncer.md. */
export async function startPooler({ adminUrl, template, passwords }: TestRun): Promise<void> {
  const logins = (['app', 'control'] as const).map((role) =>
    urlFor(adminUrl, template, { user: `rowhouse_${role}`, password: passwords[role] }),
  );
  pooler = await Pgbouncer.asDocumented(logins);
  process.env['ROWHOUSE_TEST_POOLER'] = String(pooler.port);
}

export const stopPooler = (): Promise<void> | undefined => pooler?.stop();
