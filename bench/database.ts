import { randomUUID } from 'node:crypto';
import { bootstrapDatabase, bootstrapRoles, migrate, withClient } from '../src/migrations/index.js';
import { installNotes } from '../test/notes/install-notes.js';
import { PASSWORDS, startServer } from './server.js';

const OTHER_TENANTS = 8;
const NOTES_PER_TENANT = 1_000;

export interface BenchDatabase {
  port: number;
  /** The server's version and the settings that decide what a write costs. */
  version: string;
  /** Reads are of acme, inserts go to globex: what is read stays the same all the time. */
  tenants: { acme: string; globex: string };
  noteIds: string[];
  /** The URL of a login through `port`, which may be a proxy's. */
  url(login: 'app' | 'control' | 'migrator', port?: number): string;
  stop(): Promise<void>;
}

/** A new, migrated and filled database: on BENCH_DATABASE_URL (a superuser's), else on an embedded server with fsync. */
export async function startDatabase(): Promise<BenchDatabase> {
  const server = await startServer();
  const name = `rowhouse_bench_${process.pid}`;
  const url = (login: keyof typeof PASSWORDS, port?: number) => server.loginUrl(login, name, port);
  const admin = (text: string) =>
    withClient({ connectionString: server.adminUrl() }, (client) => client.query(text));

  await admin(`CREATE DATABASE ${name}`);
  const filled = await fill(server.adminUrl(name), url('migrator'));
  return {
    ...filled,
    port: server.port,
    url,
    stop: async () => {
      await admin(`DROP DATABASE ${name} WITH (FORCE)`);
      await server.stop();
    },
  };
}

async function fill(adminUrl: string, migratorUrl: string) {
  return withClient({ connectionString: adminUrl }, async (client) => {
    await bootstrapRoles(client, PASSWORDS);
    await bootstrapDatabase(client);
    await migrate({ connectionString: migratorUrl });
    await installNotes((text) => client.query(text));
    const tenants = { acme: randomUUID(), globex: randomUUID() };
    const slugs = [...Object.entries(tenants), ...others()];
    for (const [slug, id] of slugs) {
      await client.query('INSERT INTO tenants (id, slug, name, status) VALUES ($1, $2, $2, $3)', [
        id,
        slug,
        'active',
      ]);
      await client.query(NOTES, [id, NOTES_PER_TENANT]);
    }
    await client.query('VACUUM ANALYZE');
    const ids = await client.query<{ id: string }>('SELECT id FROM notes WHERE tenant_id = $1 LIMIT 50', [
      tenants.acme,
    ]);
    return { tenants, noteIds: ids.rows.map(({ id }) => id), version: await versionOf(client) };
  });
}

/** The server's version and the settings that decide what a write costs. */
export async function versionOf(client: {
  query(text: string): Promise<{ rows: { text: string }[] }>;
}): Promise<string> {
  const { rows } = await client.query(
    `SELECT format('PostgreSQL %s, fsync %s, synchronous_commit %s, shared_buffers %s', current_setting('server_version'),
       current_setting('fsync'), current_setting('synchronous_commit'), current_setting('shared_buffers')) AS text`,
  );
  return rows[0]!.text;
}

const NOTES = `INSERT INTO notes (tenant_id, id, title, body, rank)
  SELECT $1, gen_random_uuid(), 'Note ' || n, repeat('Ordered two more. ', 5), n FROM generate_series(1, $2) AS n`;

const others = (): [string, string][] =>
  Array.from({ length: OTHER_TENANTS }, (_, index) => [`tenant-${index}`, randomUUID()]);
