import { Client } from 'pg';
import { installNotes } from '../../notes/install-notes.js';
import { type TestDatabase, createTestDatabase } from '../../support/database.js';
import { Pgbouncer } from '../../support/pgbouncer.js';
import { serverOfMajor } from '../../support/server-of-major.js';
import { dropRunDatabases, migratedTemplate } from '../../../src/testing/template.js';
import { testRun } from '../../support/test-run.js';
import type { AsAdmin } from './catalogue.js';
import { type AttackedRole, type Street, furnishStreet } from './matrix.js';
import type { Place } from './places.js';

/** A database with two tenants that have rows everywhere. */
export interface AttackedDatabase {
  database: TestDatabase;
  street: Street;
  asAdmin: AsAdmin;
  /** Bound to the tenant of its transaction. */
  service: AttackedRole;
  /** Works for all tenants. */
  control: AttackedRole;
  close(): Promise<void>;
}

/** `alteration`: SQL for an administrator, before the rows are made. */
export async function openAttackedDatabase(
  { major, isPooled }: Place = { major: testRun().major, isPooled: false },
  alteration = '',
): Promise<AttackedDatabase> {
  const { database, drop } = await databaseOfMajor(major);
  const admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  const asAdmin: AsAdmin = (text, values) => admin.query(text, values);
  const poolers: Pgbouncer[] = [];
  const urlFor = async (url: string) => {
    if (!isPooled) return url;
    const pooler = await Pgbouncer.start(url, 'transaction', { default_pool_size: 1 });
    poolers.push(pooler);
    return pooler.through(url);
  };
  const close = async () => {
    for (const pooler of poolers) await pooler.stop();
    await admin.end();
    await drop();
  };
  try {
    await installNotes(asAdmin);
    await asAdmin(alteration);
    const street = await furnishStreet(asAdmin);
    const service = { name: 'rowhouse_app', url: await urlFor(database.tenantUrl), isBound: true, isPooled };
    const control = {
      name: 'rowhouse_control',
      url: await urlFor(database.controlUrl),
      isBound: false,
      isPooled,
    };
    return { database, asAdmin, street, service, control, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** On the run's own server, or on another that is migrated for this suite. */
async function databaseOfMajor(major: number): Promise<{ database: TestDatabase; drop(): Promise<void> }> {
  const server = await serverOfMajor(major);
  if (server.adminUrl === testRun().adminUrl) {
    const database = await createTestDatabase();
    return { database, drop: () => database.drop() };
  }
  const run = await migratedTemplate(server.adminUrl);
  const database = await createTestDatabase(run);
  const drop = async () => {
    await dropRunDatabases(run);
    await server.stop();
  };
  return { database, drop };
}
