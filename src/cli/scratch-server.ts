import type { DatabaseConnection } from '../config/index.js';
import { ConfigError, readMigrationConnection } from '../config/command-connections.js';
import { withClient } from '../migrations/index.js';

/** A superuser's connection to a server to replay steps on. */
export interface ScratchServer {
  connection: DatabaseConnection | { connectionString: string };
  /** What a reader of the differences should know; undefined: the same major as the database. */
  warning?: string;
}

/** The given server, or an embedded one, which is gone afterwards. */
export async function withScratchServer<T>(
  url: string | undefined,
  database: DatabaseConnection,
  work: (scratch: ScratchServer) => Promise<T>,
): Promise<T> {
  if (url !== undefined) return work({ connection: scratchConnection(url) });
  const major = await majorOf(database);
  const { server, warning } = await embedded(major);
  try {
    return await work({
      connection: { connectionString: server.server.adminUrl() },
      ...(warning === undefined ? {} : { warning }),
    });
  } finally {
    await server.stop();
  }
}

/** Read by the same rules as every other URL. */
function scratchConnection(url: string): DatabaseConnection {
  try {
    return readMigrationConnection({ ...process.env, MIGRATION_DATABASE_URL: url });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(
      error.problems.map((problem) => problem.replace('MIGRATION_DATABASE_URL', '--scratch-url')),
    );
  }
}

async function majorOf(database: DatabaseConnection): Promise<number> {
  return withClient(database, async (client) => {
    const { rows } = await client.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    );
    return Math.floor((rows[0]?.version ?? 0) / 10_000);
  });
}

/** Only where it is needed: the embedded server is a development dependency. */
async function embedded(major: number) {
  const { NEWEST_MAJOR, serverOfMajor } = await import('../local/index.js');
  try {
    return { server: await serverOfMajor(major) };
  } catch (error) {
    if (major === NEWEST_MAJOR) throw error;
    const warning =
      `The database runs PostgreSQL ${major}, the replay ${NEWEST_MAJOR}: definitions of views may be worded differently. ` +
      `${(error as Error).message} Or name a server with --scratch-url.`;
    return { server: await serverOfMajor(NEWEST_MAJOR), warning };
  }
}
