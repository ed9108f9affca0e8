import type { Transactions } from '../../../src/database/index.js';
import type { TestDatabase } from '../../support/database.js';
import { openDatabaseRoom } from '../../support/database-room.js';
import { type Table, readCatalogue } from './catalogue.js';
import { seeded } from './choices.js';
import { fill } from './fill.js';
import { randomRows } from './random-rows.js';
import type { Settings } from './settings.js';

/** Two databases that are equal for acme, and different for globex. */
export interface Twins {
  databases: TestDatabase[];
  worlds: readonly Transactions[];
  tables: Table[];
  close(): Promise<void>;
}

/** The same rows of acme in both, of globex others in the second: other values, and half of its ids. */
export async function openTwins(settings: Settings, seed: number): Promise<Twins> {
  const rooms = await Promise.all(
    [1, 2].map(async () => {
      const { environment, database } = await settings.open();
      return openDatabaseRoom(environment, database);
    }),
  );
  const tables = await readCatalogue(rooms[0]!.database);
  const choices = seeded(seed);
  const acme = tables.map((table) => randomRows(table, 0, choices));
  await Promise.all(
    rooms.map(({ database }, world) =>
      fill(
        database,
        tables,
        tables.map((table, i) => [...acme[i]!, ...randomRows(table, 1, choices).slice(world * 4)]),
      ),
    ),
  );
  return {
    databases: rooms.map(({ database }) => database),
    worlds: rooms.map(({ transactions }) => transactions),
    tables,
    close: async () => void (await Promise.all(rooms.map((room) => room.close()))),
  };
}
