import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationsFolder } from '../../src/migrations/index.js';

/** A copy of `drizzle/` outside of the repository, to write steps into. */
export async function copyOfMigrations(): Promise<{ path: string; remove(): Promise<void> }> {
  const parent = await mkdtemp(join(tmpdir(), 'rowhouse-steps-'));
  const path = join(parent, 'drizzle');
  await cp(migrationsFolder(), path, { recursive: true });
  return { path, remove: () => rm(parent, { recursive: true, force: true }) };
}
