import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { AppConfigModule } from '../../config/index.js';
import {
  CONTROL_POOL,
  type ConnectionPool,
  DatabaseModule,
  TENANT_POOL,
  TenantDatabase,
  Transactions,
  newId,
} from '../../database/index.js';
import { schema as houseSchema } from '../../schema.js';
import { installTables } from '../install-tables.js';
import { testConfig } from '../test-config.js';
import { type TestDatabase, createTestDatabase } from '../test-database.js';

/** What `tenantTable()` answers. */
export type TenantTable = PgTable & Record<'tenantId' | 'id' | 'updatedAt', PgColumn>;

/** The columns of a row, by their names in the schema file. */
export type Row = Record<string, unknown>;

export interface IsolatedTable<T extends TenantTable = TenantTable> {
  table: T;
  /**
   * A row of this tenant, without `id` and `tenantId`: made anew for each, inside a write transaction of the tenant, in which
   * what the row refers to can be made as well.
   */
  row: (tenant: { db: TenantDatabase; tenantId: string }) => object | Promise<object>;
  /** Tables that no migration makes yet, this one and those it refers to. */
  schema?: Record<string, unknown>;
  /** Makes them in the database. Default: drizzle-kit does, from `schema`. */
  prepare?: (database: TestDatabase) => Promise<void>;
}

/** Two tenants with a row each, and every way of the service to the database. */
export interface IsolatedPlace {
  table: TenantTable;
  database: TestDatabase;
  db: TenantDatabase;
  tenantPool: ConnectionPool;
  controlPool: ConnectionPool;
  /** Whose row is attacked. */
  owner: { tenantId: string; row: Row };
  /** Who attacks. */
  stranger: { tenantId: string; row: Row };
  as: <R>(tenantId: string, work: () => PromiseLike<R>) => Promise<R>;
  /** Values of a further row of the stranger. */
  further: () => Promise<Row>;
  close(): Promise<void>;
}

export async function openPlace({ table, row, schema, prepare }: IsolatedTable): Promise<IsolatedPlace> {
  const database = await createTestDatabase();
  if (prepare) await prepare(database);
  else if (schema) await installTables(database, schema);
  class IsolatedRoot {}
  Module({
    imports: [
      AppConfigModule.forRoot(testConfig(database)),
      DatabaseModule.forRoot({ ...houseSchema, ...schema }),
    ],
  })(IsolatedRoot);
  const app = await NestFactory.createApplicationContext(IsolatedRoot, {
    logger: false,
    abortOnError: false,
  });
  const [db, transactions] = [app.get(TenantDatabase), app.get(Transactions)];
  const as = <R>(tenantId: string, work: () => PromiseLike<R>) =>
    transactions.withTenant(tenantId, { access: 'write' }, work);
  const valuesOf = async (tenantId: string): Promise<Row> => ({
    ...(await row({ db, tenantId })),
    tenantId,
    id: newId(),
  });
  const insert = async (tenantId: string): Promise<Row> => {
    const [inserted] = await db
      .insert(table)
      .values(await valuesOf(tenantId))
      .returning();
    return inserted as Row;
  };
  const newTenant = async (slug: string) => {
    const tenantId = randomUUID();
    await database.query(`INSERT INTO tenants (id, slug, name, status) VALUES ($1, $2, $2, 'active')`, [
      tenantId,
      slug,
    ]);
    return { tenantId, row: await as(tenantId, () => insert(tenantId)) };
  };
  const [owner, stranger] = [await newTenant('owner'), await newTenant('stranger')];
  return {
    table,
    database,
    db,
    tenantPool: app.get<ConnectionPool>(TENANT_POOL),
    controlPool: app.get<ConnectionPool>(CONTROL_POOL),
    owner,
    stranger,
    as,
    further: () => as(stranger.tenantId, () => valuesOf(stranger.tenantId)),
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}
