import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { adopt, bootstrapDatabase, bootstrapRoles, migrate, withClient } from '../migrations/index.js';
import { invariants } from '../isolation.js';
import { EmbeddedServer } from './embedded-server.js';
import { replaceFile } from './local-file.js';
import { readOrMakeSecrets } from './local-secrets.js';

const DATABASE = 'rowhouse';

export interface LocalDatabase {
  server: EmbeddedServer;
  environment: { DATABASE_URL: string; CONTROL_DATABASE_URL: string; MIGRATION_DATABASE_URL: string };
}

/**
 * PostgreSQL in `folder`, with production's roles and privileges, migrated unless it is about to be emptied. `say` tells
 * each step as it is done. The file `env` in it has the URLs of the three logins, for commands and psql.
 */
export async function startLocalDatabase(
  folder: string,
  say: (text: string) => void,
  { isMigrated = true }: { isMigrated?: boolean } = {},
): Promise<LocalDatabase> {
  await mkdir(folder, { recursive: true });
  const secrets = await readOrMakeSecrets(join(folder, 'secrets.json'));
  const server = await EmbeddedServer.start({
    dataDir: join(folder, 'postgres'),
    superuserPassword: secrets.superuser,
    durable: true,
    onStep: say,
  });
  const url = (login: string, password: string) =>
    `postgres://rowhouse_${login}:${password}@127.0.0.1:${server.port}/${DATABASE}`;
  const migratorUrl = url('migrator', secrets.migrator);
  try {
    await createDatabase(server);
    await withClient({ connectionString: server.adminUrl(DATABASE) }, async (admin) => {
      await bootstrapRoles(admin, secrets);
      await bootstrapDatabase(admin);
    });
    say('Roles rowhouse_owner, rowhouse_migrator, rowhouse_app and rowhouse_control are in place');
    if (isMigrated) {
      // A folder of before this product had a ledger of its own: drizzle's migrator made that database.
      await adopt({ connectionString: migratorUrl });
      const { applied } = await migrate({ connectionString: migratorUrl }, { invariants });
      say(applied.length > 0 ? `Migrated: ${applied.join(', ')}` : 'The schema is up to date');
    }
  } catch (error) {
    await server.stop();
    throw error;
  }
  const environment = {
    DATABASE_URL: url('app', secrets.app),
    CONTROL_DATABASE_URL: url('control', secrets.control),
    MIGRATION_DATABASE_URL: migratorUrl,
  };
  await replaceFile(join(folder, 'env'), inLines(environment));
  return { server, environment };
}

/** As `node --env-file` reads it. */
const inLines = (environment: Record<string, string>) =>
  Object.entries(environment)
    .map(([name, url]) => `${name}=${url}\n`)
    .join('');

async function createDatabase(server: EmbeddedServer): Promise<void> {
  await withClient({ connectionString: server.adminUrl() }, async (admin) => {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await admin.query(`CREATE DATABASE ${DATABASE}`);
  });
}
