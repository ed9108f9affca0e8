import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { loadMigrationConnection, readEnvironmentFile } from '../config/index.js';
import { contentsOf } from '../migrations/index.js';
import { Failed } from './failed.js';
import { projectFolder } from './generated-file.js';

interface Options {
  port: string;
}

/**
 * Shows the database in a browser, as the login of the URL; runs until Ctrl-C. drizzle-kit as a process: its studio does not
 * find `pg` when it is started in this one.
 */
export async function openStudio(argument: string | undefined, { port }: Options): Promise<void> {
  await readEnvironmentFile();
  const url = argument ?? process.env['MIGRATION_DATABASE_URL'];
  const connection = loadMigrationConnection({
    ...process.env,
    ...(url !== undefined && { MIGRATION_DATABASE_URL: url }),
  });
  const { database, tenants } = await contentsOf(connection);
  console.log(
    `As ${connection.user} the browser sees and changes the rows of every tenant (${tenants} in ${database}): row security does not hold this login back.`,
  );
  const program = join(projectFolder, 'node_modules', '.bin', 'drizzle-kit');
  const child = spawn(program, ['studio', '--host', '127.0.0.1', '--port', port], {
    cwd: projectFolder,
    stdio: 'inherit',
    env: { ...process.env, STUDIO_DATABASE_URL: url },
  });
  // Ctrl-C reaches both; we wait for the other to end.
  const wait = () => child.kill('SIGTERM');
  process.once('SIGTERM', wait).on('SIGINT', () => undefined);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code) throw new Failed(`drizzle-kit ended with ${code}`);
}
