import { loadMigrationConnection, readEnvironmentFile } from '../config/index.js';
import { migrate } from '../migrations/index.js';

export async function migrateDatabase(): Promise<void> {
  await readEnvironmentFile();
  const connection = loadMigrationConnection(process.env);
  const { applied } = await migrate({ ...connection, application_name: 'rowhouse migrate' });
  for (const step of applied) console.log(`applied ${step}`);
  if (applied.length === 0) console.log('nothing to do');
}
