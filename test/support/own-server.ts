import type { QueryResultRow } from 'pg';
import type { EmbeddedServer } from '../../src/local/embedded-server.js';
import { invariants } from '../../src/isolation.js';
import { bootstrapDatabase, bootstrapRoles, migrate, withClient } from '../../src/migrations/index.js';
import type { TestDatabase } from './database.js';
import { LET_SERVICE_SLEEP } from './let-service-sleep.js';

const PASSWORDS = { migrator: 'migrator', app: 'app', control: 'control' };

/** A database on a server that the suite started itself, migrated with the steps of `folder` or the product's own. */
export async function databaseOn(
  server: EmbeddedServer,
  name = 'rowhouse',
  folder?: string,
): Promise<TestDatabase> {
  const adminUrl = server.adminUrl(name);
  await withClient({ connectionString: server.adminUrl() }, (admin) =>
    admin.query(`CREATE DATABASE ${name}`),
  );
  await withClient({ connectionString: adminUrl }, async (admin) => {
    await bootstrapRoles(admin, PASSWORDS);
    await bootstrapDatabase(admin);
    await admin.query(LET_SERVICE_SLEEP);
  });
  const url = (login: keyof typeof PASSWORDS) =>
    `postgres://rowhouse_${login}:${PASSWORDS[login]}@127.0.0.1:${server.port}/${name}`;
  await migrate({ connectionString: url('migrator') }, folder === undefined ? { invariants } : { folder });
  return {
    name,
    adminUrl,
    tenantUrl: url('app'),
    controlUrl: url('control'),
    migratorUrl: url('migrator'),
    query: <R extends QueryResultRow>(text: string, values?: unknown[]) =>
      withClient({ connectionString: adminUrl }, (client) => client.query<R>(text, values)),
    drop: async () => undefined, // the whole server goes
  };
}
