import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { migrationsFolder } from '../folder/migrations-folder.js';

/** `rowhouse 1.2.3`, for the ledger. */
export function toolVersion(): string {
  const text = readFileSync(join(dirname(migrationsFolder()), 'package.json'), 'utf8');
  const { name, version } = JSON.parse(text) as { name: string; version: string };
  return `${name} ${version}`;
}
