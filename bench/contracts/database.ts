import { bootstrapDatabase, bootstrapRoles, migrate, withClient } from '../../src/migrations/index.js';
import { versionOf } from '../database.js';
import { type BenchServer, PASSWORDS } from '../server.js';
import { tenantRows } from './data.js';
import { MATRIX, NEIGHBOURS, NEIGHBOUR_SHARE, SERVICES } from './scale.js';

/** As for a machine of 8 GB that does nothing else; fsync and synchronous_commit are on. */
export const SERVER_SETTINGS = {
  shared_buffers: '2GB',
  effective_cache_size: '6GB',
  random_page_cost: 1.1,
  max_wal_size: '8GB',
  work_mem: '16MB',
};

/** Of the measured tenant, on which the application's demo data then issues the key. */
const ACME = '0197a000-0000-7000-8000-000000000001';

export interface ContractsDatabase {
  name: string;
  interactions: number;
  version: string;
  loadSeconds: number;
  /** Of the table `interactions`, in MiB, the neighbours' rows included. */
  sizeMiB: { rows: number; indexes: number };
}

/** A migrated database with so many interactions in tenant `acme`, other tenants beside it, vacuumed and analyzed. */
export async function createContractsDatabase(
  server: BenchServer,
  interactions: number,
): Promise<ContractsDatabase> {
  const name = `rowhouse_contracts_${process.pid}_${interactions}`;
  await withClient({ connectionString: server.adminUrl() }, async (admin) => {
    await bootstrapRoles(admin, PASSWORDS);
    await admin.query(`CREATE DATABASE ${name}`);
  });
  return withClient({ connectionString: server.adminUrl(name) }, async (client) => {
    await bootstrapDatabase(client);
    await migrate({ connectionString: server.loginUrl('migrator', name) });
    const startedAt = performance.now();
    await fill((text) => client.query(text), interactions);
    const loadSeconds = Math.round((performance.now() - startedAt) / 100) / 10;
    return {
      name,
      interactions,
      loadSeconds,
      version: await versionOf(client),
      sizeMiB: await sizeOf(client),
    };
  });
}

/** Tenant `acme` with so many interactions, and its neighbours, into a migrated database. `run` keeps to one session, a superuser's. */
export async function fill(
  run: (text: string) => Promise<unknown>,
  interactions: number,
  acme = ACME,
): Promise<void> {
  await run('SET statement_timeout = 0');
  const neighbours = Array.from({ length: NEIGHBOURS }, (_, n) => `0197a000-0000-7000-8000-00000000010${n}`);
  for (const id of [acme, ...neighbours]) {
    const isAcme = id === acme;
    await run(
      `INSERT INTO tenants (id, slug, name, status, plan) VALUES ('${id}', '${isAcme ? 'acme' : `neighbour-${id.slice(-1)}`}', 'Bench', 'active', 'pro')
       ON CONFLICT DO NOTHING`,
    );
    const scale = isAcme
      ? { services: SERVICES, interactions, matrix: MATRIX }
      : { services: SERVICES / 4, interactions: Math.ceil(interactions * NEIGHBOUR_SHARE), matrix: 0 };
    for (const statement of tenantRows(id, scale)) {
      await run(statement);
    }
  }
  await run('VACUUM ANALYZE');
}

async function sizeOf(client: {
  query(text: string): Promise<{ rows: { rows: string; indexes: string }[] }>;
}) {
  const { rows } = await client.query(
    `SELECT pg_table_size('interactions') AS rows, pg_indexes_size('interactions') AS indexes`,
  );
  const toMiB = (bytes: string) => Math.round(Number(bytes) / 2 ** 20);
  return { rows: toMiB(rows[0]!.rows), indexes: toMiB(rows[0]!.indexes) };
}
