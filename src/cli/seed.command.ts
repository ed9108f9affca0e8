import { loadConfig, loadMigrationConnection } from '../config/index.js';
import { invariants } from '../isolation.js';
import {
  type DevelopmentDatabase,
  type Seeded,
  plantSeeds,
  withDevelopmentDatabase,
} from '../local/index.js';
import { migrate, resetDatabase } from '../migrations/index.js';
import { requireDisposable } from './disposable-database.js';

interface Options {
  name?: string;
}

/** Plants the demo data where it is missing. */
export const seedDatabase = ({ name }: Options): Promise<void> =>
  withDevelopmentDatabase({}, async (database) => {
    await requireDisposable(database, 'seeds', name);
    await seed(database);
  });

/** Migrates, then seeds: what a new development database needs. */
export const initDatabase = ({ name }: Options): Promise<void> =>
  withDevelopmentDatabase({}, async (database) => {
    await requireDisposable(database, 'seeds', name);
    await migrated(database);
    await seed(database);
  });

/** Drops all that is in the database and migrates it again. */
export const resetAndMigrate = ({ name }: Options): Promise<void> =>
  withDevelopmentDatabase({ isMigrated: false }, async (database) => {
    const { database: known, tables, tenants } = await requireDisposable(database, 'empties', name);
    await resetDatabase(loadMigrationConnection(database.environment));
    console.log(`emptied ${known}: ${tables} tables, ${tenants} tenants`);
    await migrated(database);
    console.log('It holds no tenant now: "npm run db:seed" plants the demo data.');
  });

async function migrated({ environment }: DevelopmentDatabase): Promise<void> {
  const connection = { ...loadMigrationConnection(environment), application_name: 'rowhouse migrate' };
  const { applied } = await migrate(connection, { invariants });
  for (const step of applied) console.log(`applied ${step}`);
  if (applied.length === 0) console.log('nothing to apply');
}

async function seed({ environment }: DevelopmentDatabase): Promise<void> {
  // Only now: whoever is refused need not wait for the whole application to load.
  const { createApp } = await import('../app.js');
  const app = await createApp(loadConfig({ LOG_LEVEL: 'warn', ...environment }));
  try {
    await app.init();
    for (const line of told(await plantSeeds(app))) console.log(line);
  } finally {
    await app.close();
  }
}

function told({ reports, newKeys }: Seeded): string[] {
  const lines = reports.map(({ seed: name, changed }) => {
    const tables = Object.entries(changed).map(([table, rows]) => `${table} ${rows}`);
    const total = Object.values(changed).reduce((sum, rows) => sum + rows, 0);
    return `${name}: ${total} rows changed${tables.length > 0 ? ` (${tables.join(', ')})` : ''}`;
  });
  const keys = Object.entries(newKeys).map(([owner, key]) => `API key of ${owner}, told this once: ${key}`);
  return [...lines, ...keys];
}
