import pg, { type Client, escapeIdentifier } from 'pg';
import { withClient } from '../../../src/migrations/index.js';
import { type TestDatabase, createTestDatabase } from '../../support/database.js';
import type { DatabaseRoom } from '../../support/database-room.js';
import { installNotes } from '../../notes/install-notes.js';
import { type Table, readCatalogue } from './catalogue.js';
import { seeded } from './choices.js';
import { type Projected, ownersViews } from './projection.js';
import { randomRows } from './random-rows.js';

/** Fills the room's tenant tables with random rows of both tenants, and a database for each with its rows alone. */
export async function openProjected(
  room: DatabaseRoom,
  seed: number,
): Promise<Projected & { close(): Promise<void> }> {
  const tables = await readCatalogue(room.database);
  const choices = seeded(seed);
  const rows = ([room.acme, room.globex] as const).map((tenantId, side) =>
    tables.map((table) => randomRows(table, tenantId, side as 0 | 1, choices)),
  );
  await fill(room.database, tables, rows, true);
  const sides = await Promise.all(
    [room.acme, room.globex].map(async (tenantId, side) => {
      const database = await createTestDatabase();
      await installNotes((text) => database.query(text));
      await fill(database, tables, [rows[side]!], false);
      const alone = new pg.Pool({ connectionString: database.adminUrl, max: 2 });
      alone.on('error', () => undefined); // its database is dropped while it closes
      return { tenantId, alone, database };
    }),
  );
  const readable = tables.filter(isReadable);
  // The views are always empty: one in nine is enough.
  const all = [...Array.from({ length: 8 }, () => readable).flat(), ...ownersViews(readable, true).tables];
  const close = async () => {
    for (const { alone, database } of sides) {
      await alone.end();
      await database.drop();
    }
  };
  return { transactions: room.transactions, tables: all, sides, close };
}

/** The outbox of mails may only be written. */
const isReadable = ({ columns }: Table) => columns.some((column) => column.isReadable);

/** Past all walls and rules of the domain: the rows need make no sense to anybody but SQL. */
async function fill(
  database: TestDatabase,
  tables: Table[],
  rows: object[][][],
  isShared: boolean,
): Promise<void> {
  await withClient({ connectionString: database.adminUrl }, async (admin) => {
    await admin.query(`SET session_replication_role = replica; ${await dropChecks(admin)}`);
    for (const [i, { name, columns }] of tables.entries()) {
      const names = columns.map((column) => escapeIdentifier(column.name)).join(', ');
      await admin.query(
        `INSERT INTO ${escapeIdentifier(name)} (${names})
         SELECT ${names} FROM jsonb_populate_recordset(NULL::${escapeIdentifier(name)}, $1) ON CONFLICT DO NOTHING`,
        [JSON.stringify(rows.flatMap((ofSide) => ofSide[i]!))],
      );
    }
    await admin.query(ownersViews(tables.filter(isReadable), isShared).sql);
    await admin.query('ANALYZE');
  });
}

async function dropChecks(admin: Client): Promise<string> {
  const { rows } = await admin.query<{ drop: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop
     FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND conrelid <> 0`,
  );
  return rows.map(({ drop }) => drop).join('; ');
}
