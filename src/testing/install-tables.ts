import { declaredTenantTables } from '../database/schema.js';
import { migrationsFolder, pushSchema } from '../migrations/index.js';
import { schema as houseSchema } from '../schema.js';
import { isolationInvariants } from '../tenancy/audit/index.js';
import type { TestDatabase } from './test-database.js';

/**
 * Makes the tables of `schema` in a suite's database, tenant tables with the walls that `npm run db:generate` writes for them.
 * @throws MigrationError where drizzle-kit is not installed, or a wall is missing afterwards.
 */
export async function installTables(database: TestDatabase, schema: Record<string, unknown>): Promise<void> {
  await pushSchema(
    { connectionString: database.migratorUrl },
    { ...houseSchema, ...schema },
    {
      folder: migrationsFolder(),
      invariants: (query) => isolationInvariants(query, { tables: declaredTenantTables() }),
      isRestNew: true,
    },
  );
}
