import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder `drizzle/` of the package, from `src/` and from `dist/` alike; never from the working directory. */
export function migrationsFolder(from: string = import.meta.dirname): string {
  if (existsSync(join(from, 'package.json'))) return join(from, 'drizzle');
  const parent = dirname(from);
  if (parent === from)
    throw new Error('No package.json above the migrations code: is the installation complete?');
  return migrationsFolder(parent);
}
