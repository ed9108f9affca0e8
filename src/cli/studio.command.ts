import { loadMigrationConnection, readEnvironmentFile } from '../config/index.js';
import { contentsOf, loadKit, loadSchema } from '../migrations/index.js';
import { projectFolder } from './generated-file.js';

interface Options {
  port: string;
}

const HOST = '127.0.0.1';

/** Shows the database in a browser, as the login of the URL; runs until Ctrl-C. */
export async function openStudio(argument: string | undefined, { port }: Options): Promise<void> {
  await readEnvironmentFile();
  const url = argument ?? process.env['MIGRATION_DATABASE_URL'] ?? '';
  const connection = loadMigrationConnection(
    url === '' ? {} : { ...process.env, MIGRATION_DATABASE_URL: url },
  );
  const { database, tenants } = await contentsOf(connection);
  const kit = loadKit();
  console.log(
    `As ${connection.user} the browser sees and changes the rows of every tenant (${tenants} in ${database}): row security does not hold this login back.`,
  );
  await kit.startStudioPostgresServer(
    await loadSchema(projectFolder),
    { url },
    { host: HOST, port: Number(port) },
  );
  console.log(`Open https://local.drizzle.studio/?host=${HOST}&port=${port} - Ctrl-C ends it.`);
}
