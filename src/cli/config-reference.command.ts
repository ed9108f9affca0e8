import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { insertReference, renderEnvExample } from '../config/index.js';
import { projectFolder, writeGenerated } from './generated-file.js';

const PAGE = 'docs/configuration.md';
const RENEW = 'npm run config:reference';

export async function writeReference({ check = false }: { check?: boolean }): Promise<void> {
  const page = await readFile(join(projectFolder, PAGE), 'utf8');
  await writeGenerated('.env.example', renderEnvExample(), check, RENEW);
  await writeGenerated(PAGE, insertReference(page), check, RENEW);
}
