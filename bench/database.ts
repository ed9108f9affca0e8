import { randomUUID } from 'node:crypto';
import { EmbeddedServer } from '../src/local/embedded-server.js';
import { bootstrapDatabase, bootstrapRoles, migrate, withClient } from '../src/migrations/index.js';
import { installNotes } from '../test/notes/install-notes.js';

const PASSWORD = 'bench-only'; // a throw-away server on 127.0.0.1, or one that BENCH_DATABASE_URL lends
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
  const given = process.env['BENCH_DATABASE_URL'];
  const server = given === undefined ? await startEmbedded() : undefined;
  const adminUrl = given ?? server!.adminUrl();
  const { hostname, port } = new URL(adminUrl);
  if (hostname !== '127.0.0.1') throw new Error('BENCH_DATABASE_URL must be on 127.0.0.1');
  const name = `rowhouse_bench_${process.pid}`;
  const url = (login: string, at = Number(port || 5432)) =>
    `postgres://rowhouse_${login}:${PASSWORD}@127.0.0.1:${at}/${name}`;
  const admin = (text: string) => withClient({ connectionString: adminUrl }, (client) => client.query(text));

  await admin(`CREATE DATABASE ${name}`);
  const named = new URL(adminUrl);
  named.pathname = name;
  const filled = await fill(named.href, url('migrator'));
  return {
    ...filled,
    port: Number(port || 5432),
    url,
    stop: async () => {
      await admin(`DROP DATABASE ${name} WITH (FORCE)`);
      await server?.stop();
    },
  };
}

const startEmbedded = () =>
  EmbeddedServer.start({
    dataDir: '.rowhouse/bench-server/postgres',
    superuserPassword: PASSWORD,
    durable: true,
    onStep: (text) => console.log(`- ${text}`),
  });

async function fill(adminUrl: string, migratorUrl: string) {
  const passwords = { migrator: PASSWORD, app: PASSWORD, control: PASSWORD };
  return withClient({ connectionString: adminUrl }, async (client) => {
    await bootstrapRoles(client, passwords);
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
    const settings = await client.query<{ text: string }>(
      `SELECT format('PostgreSQL %s, fsync %s, synchronous_commit %s', current_setting('server_version'),
         current_setting('fsync'), current_setting('synchronous_commit')) AS text`,
    );
    return { tenants, noteIds: ids.rows.map(({ id }) => id), version: settings.rows[0]!.text };
  });
}

const NOTES = `INSERT INTO notes (tenant_id, id, title, body, rank)
  SELECT $1, gen_random_uuid(), 'Note ' || n, repeat('Ordered two more. ', 5), n FROM generate_series(1, $2) AS n`;

const others = (): [string, string][] =>
  Array.from({ length: OTHER_TENANTS }, (_, index) => [`tenant-${index}`, randomUUID()]);
