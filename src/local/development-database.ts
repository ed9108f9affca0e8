import { readEnvironmentFile } from '../config/index.js';
import { startLocalDatabase } from './local-database.js';

/** Where `npm start` and the development commands keep the embedded server. */
export const LOCAL_FOLDER = '.rowhouse';

const URLS = ['DATABASE_URL', 'CONTROL_DATABASE_URL', 'MIGRATION_DATABASE_URL'] as const;

export interface DevelopmentDatabase {
  environment: NodeJS.ProcessEnv;
  /** The one of `npm start`, and nobody else's. */
  isEmbedded: boolean;
}

/**
 * The database of the environment, or where it names none the embedded one, running for the time of `work`.
 * @throws FolderInUse while `npm start` runs on it.
 */
export async function withDevelopmentDatabase<T>(
  options: { isMigrated?: boolean },
  work: (database: DevelopmentDatabase) => Promise<T>,
): Promise<T> {
  await readEnvironmentFile();
  const { env } = process;
  if (env['NODE_ENV'] === 'production' || URLS.some((name) => env[name] !== undefined))
    return work({ environment: env, isEmbedded: false });
  const { server, environment } = await startLocalDatabase(LOCAL_FOLDER, () => undefined, options);
  try {
    return await work({ environment: { ...env, ...environment }, isEmbedded: true });
  } finally {
    await server.stop();
  }
}
