import { bootstrapDatabase, bootstrapRoles, migrate, withClient } from '../../src/migrations/index.js';
import { installNotes } from '../../test/notes/install-notes.js';
import { versionOf } from '../database.js';
import { type BenchServer, PASSWORDS } from '../server.js';
import { type Scale, tenantRows } from './data.js';

/** Of the measured tenant, on which the application's demo data then issues the key. */
const ACME = '0197a000-0000-7000-8000-000000000001';
const NEIGHBOURS = 4;
const NEIGHBOUR_SHARE = 0.05;

export interface QuotingDatabase {
  name: string;
  quotes: number;
  version: string;
  loadSeconds: number;
  /** Of the table `quotes`, in MiB, the neighbours' rows included. */
  sizeMiB: { rows: number; indexes: number };
}

/** A migrated database with so many quotes in tenant `acme`, other tenants beside it, vacuumed and analyzed. */
export async function createQuotingDatabase(server: BenchServer, quotes: number): Promise<QuotingDatabase> {
  const name = `rowhouse_quoting_${process.pid}`;
  await withClient({ connectionString: server.adminUrl() }, async (admin) => {
    await bootstrapRoles(admin, PASSWORDS);
    await admin.query(`CREATE DATABASE ${name}`);
  });
  return withClient({ connectionString: server.adminUrl(name) }, async (client) => {
    await bootstrapDatabase(client);
    await migrate({ connectionString: server.loginUrl('migrator', name) });
    await installNotes((text) => client.query(text)); // the measured application has them on top
    const startedAt = performance.now();
    await fill((text) => client.query(text), quotes);
    const loadSeconds = Math.round((performance.now() - startedAt) / 100) / 10;
    const { rows } = await client.query<{ rows: string; indexes: string }>(
      `SELECT pg_table_size('quotes') AS rows, pg_indexes_size('quotes') AS indexes`,
    );
    const toMiB = (bytes: string) => Math.round(Number(bytes) / 2 ** 20);
    const sizeMiB = { rows: toMiB(rows[0]!.rows), indexes: toMiB(rows[0]!.indexes) };
    return { name, quotes, loadSeconds, version: await versionOf(client), sizeMiB };
  });
}

/** `run` keeps to one session, a superuser's. */
async function fill(run: (text: string) => Promise<unknown>, quotes: number): Promise<void> {
  await run('SET statement_timeout = 0');
  const scaleOf = (share: number): Scale => ({
    quotes: quotes * share,
    customers: Math.ceil((quotes * share) / 100),
    projects: Math.ceil((quotes * share) / 200),
  });
  await fillTenant(run, ACME, 'acme', scaleOf(1));
  for (let n = 0; n < NEIGHBOURS; n++)
    await fillTenant(
      run,
      `0197a000-0000-7000-8000-00000000010${n}`,
      `neighbour-${n}`,
      scaleOf(NEIGHBOUR_SHARE),
    );
  await run('VACUUM ANALYZE');
}

async function fillTenant(run: (text: string) => Promise<unknown>, id: string, slug: string, scale: Scale) {
  await run(
    `INSERT INTO tenants (id, slug, name, status, plan) VALUES ('${id}', '${slug}', 'Bench', 'active', 'pro')`,
  );
  for (const statement of tenantRows(id, scale)) await run(statement);
}
