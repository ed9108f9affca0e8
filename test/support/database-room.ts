import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Test } from '@nestjs/testing';
import type { Pool } from 'pg';
import { AppConfigModule } from '../../src/config/index.js';
import {
  ControlDatabase,
  DatabaseEvents,
  DatabaseModule,
  TENANT_POOL,
  TENANT_SLOTS,
  TenantDatabase,
  type TenantSlots,
  Transactions,
  databaseSchema,
  newId,
} from '../../src/database/index.js';
import { AppLogger } from '../../src/observability/index.js';
import { createLogger } from '../../src/observability/logs/create-logger.js';
import { installNotes } from '../notes/install-notes.js';
import * as notesSchema from '../notes/notes.schema.js';
import { testConfig } from './config.js';
import { type TestDatabase, createTestDatabase } from './database.js';

/** The database room alone, without HTTP, on a database with two tenants and the notes tables. */
export interface DatabaseRoom {
  database: TestDatabase;
  db: TenantDatabase;
  control: ControlDatabase;
  transactions: Transactions;
  pool: Pool;
  slots: TenantSlots;
  events: DatabaseEvents;
  acme: string;
  globex: string;
  /** Writes a note and answers its id; runs inside a write transaction of the tenant. */
  addNote(tenantId: string, title: string): Promise<string>;
  titles(tenantId: string): Promise<string[]>;
  close(): Promise<void>;
}

/** `given`: a migrated database instead of a clone of the template; it is dropped in the end as that would be. */
export async function openDatabaseRoom(
  environment: Record<string, string> = {},
  given?: TestDatabase,
): Promise<DatabaseRoom> {
  const database = given ?? (await createTestDatabase());
  await installNotes((text) => database.query(text));
  const [acme, globex] = [randomUUID(), randomUUID()];
  await database.query(
    `INSERT INTO tenants (id, slug, name, status) VALUES ('${acme}', 'acme', 'Acme', 'active'), ('${globex}', 'globex', 'Globex', 'active')`,
  );
  const config = testConfig(database, environment);
  const module = await Test.createTestingModule({
    imports: [AppConfigModule.forRoot(config), DatabaseModule.forRoot({ ...databaseSchema, ...notesSchema })],
  }).compile();
  module.useLogger(new AppLogger(createLogger(config)));
  await module.init();
  const db = module.get(TenantDatabase);
  const { notes } = notesSchema;
  return {
    database,
    db,
    control: module.get(ControlDatabase),
    transactions: module.get(Transactions),
    pool: module.get<Pool>(TENANT_POOL),
    slots: module.get<TenantSlots>(TENANT_SLOTS),
    events: module.get(DatabaseEvents),
    acme,
    globex,
    addNote: async (tenantId, title) => {
      const id = newId();
      await db.insert(notes).values({ tenantId, id, title });
      return id;
    },
    titles: async (tenantId) => {
      const { rows } = await database.query('SELECT title FROM notes WHERE tenant_id = $1 ORDER BY title', [
        tenantId,
      ]);
      return rows.map((row) => String(row['title']));
    },
    close: async () => {
      await module.close();
      await database.drop();
    },
  };
}
