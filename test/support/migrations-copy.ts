import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationsFolder } from '../../src/migrations/index.js';

export interface MigrationsCopy {
  path: string;
  /** How many steps it began with. */
  steps: number;
  /** The four digits of the n-th step after those, from 1; 0 is the last of them. */
  number(n: number): string;
  remove(): Promise<void>;
}

/** A copy of `drizzle/` outside of the repository, to write steps into. */
export async function copyOfMigrations(): Promise<MigrationsCopy> {
  const parent = await mkdtemp(join(tmpdir(), 'rowhouse-steps-'));
  const path = join(parent, 'drizzle');
  await cp(migrationsFolder(), path, { recursive: true });
  const snapshots = (await readdir(join(path, 'meta'))).filter((name) => name.endsWith('_snapshot.json'));
  const steps = snapshots.length;
  const number = (n: number) => String(steps - 1 + n).padStart(4, '0');
  return { path, steps, number, remove: () => rm(parent, { recursive: true, force: true }) };
}
