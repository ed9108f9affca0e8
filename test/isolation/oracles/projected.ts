import pg from 'pg';
import { type TestDatabase, createTestDatabase } from '../../support/database.js';
import { openDatabaseRoom } from '../../support/database-room.js';
import { installNotes } from '../../notes/install-notes.js';
import { readCatalogue } from './catalogue.js';
import { seeded } from './choices.js';
import { TENANTS, fill } from './fill.js';
import { ownersViews } from './owners-views.js';
import type { Projected } from './projection.js';
import { randomRows } from './random-rows.js';
import type { Setting } from './settings.js';

/** A shared database with random rows of two tenants in every table, and for each tenant a database with its rows alone. */
export async function openProjected(
  { environment, database: given }: Setting,
  seed: number,
): Promise<Projected & { databases: TestDatabase[]; close(): Promise<void> }> {
  const room = await openDatabaseRoom(environment, given);
  const { database, transactions } = room;
  const tables = await readCatalogue(database);
  const choices = seeded(seed);
  const rows = ([0, 1] as const).map((side) => tables.map((table) => randomRows(table, side, choices)));
  const views = ownersViews(tables);
  await fill(
    database,
    tables,
    tables.map((_, i) => rows.flatMap((ofSide) => ofSide[i]!)),
  );
  await database.query(views.shared);
  const sides = await Promise.all(
    rows.map(async (ofSide, side) => {
      const its = await createTestDatabase();
      await installNotes((text) => its.query(text));
      await fill(its, tables, ofSide);
      await its.query(views.alone);
      const alone = new pg.Pool({ connectionString: its.adminUrl, max: 2 });
      alone.on('error', () => undefined); // its database is dropped while it closes
      return { tenantId: TENANTS[side]!, alone, database: its };
    }),
  );
  const close = async () => {
    for (const { alone, database: its } of sides) {
      await alone.end();
      await its.drop();
    }
    await room.close();
  };
  // The views show nothing: one question in nine is enough.
  const all = [...Array.from({ length: 8 }, () => views.over).flat(), ...views.tables];
  return { transactions, tables: all, sides, databases: [database], close };
}
