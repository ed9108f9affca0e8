import { readMigrationConnection } from '../config/command-connections.js';
import { adopt } from '../migrations/index.js';

interface Flags {
  acceptEdited?: boolean;
  json?: boolean;
}

export async function adoptDatabase({ acceptEdited = false, json = false }: Flags): Promise<void> {
  const connection = { ...readMigrationConnection(), application_name: 'rowhouse adopt' };
  const adoption = await adopt(connection, { acceptEdited });
  if (json) return console.log(JSON.stringify(adoption, null, 2));
  const { recorded, edited, repeated, skipped } = adoption;
  for (const tag of recorded)
    console.log(`recorded ${tag}${edited.includes(tag) ? ' (its file was changed since)' : ''}`);
  if (recorded.length === 0)
    console.log("nothing to adopt: drizzle's ledger holds no step that ours does not know");
  if (repeated.length > 0)
    console.log(
      `Warning: applied more than once, as two of drizzle's migrators at the same time do: ${repeated.join(', ')}. ` +
        '"npm run db:drift" shows what it did.',
    );
  if (skipped.length > 0)
    console.log(
      `Warning: drizzle never applied ${skipped.join(', ')}, which stand before applied steps. ` +
        '"npm run db:status" tells what to do about each.',
    );
}
