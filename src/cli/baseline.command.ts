import { readMigrationConnection } from '../config/command-connections.js';
import { baseline, migrationsFolder, readFolder } from '../migrations/index.js';
import { withScratchServer } from './scratch-server.js';

interface Flags {
  to: string;
  scratchUrl?: string;
  json?: boolean;
}

export async function recordBaseline({ to, scratchUrl, json = false }: Flags): Promise<void> {
  const connection = { ...readMigrationConnection(), application_name: 'rowhouse baseline' };
  const folder = await readFolder(migrationsFolder());
  await withScratchServer(scratchUrl, connection, async ({ connection: scratch, warning }) => {
    if (warning && !json) console.log(`Warning: ${warning}`);
    const { recorded, information } = await baseline(connection, { folder, to, scratch });
    if (json) return console.log(JSON.stringify({ recorded, information }, null, 2));
    for (const { text } of information) console.log(`(does not matter: ${text})`);
    for (const tag of recorded) console.log(`recorded ${tag}`);
    console.log('The database is what these steps make. "npm run db:migrate" applies what comes after them.');
  });
}
