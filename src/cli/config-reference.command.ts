import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { insertReference, renderEnvExample } from '../config/index.js';
import { projectFolder, writeGenerated } from './generated-file.js';

const RENEW = 'npm run config:reference';

export async function writeReference({ check = false }: { check?: boolean }): Promise<void> {
  const readme = await readFile(join(projectFolder, 'README.md'), 'utf8');
  await writeGenerated('.env.example', renderEnvExample(), check, RENEW);
  await writeGenerated('README.md', insertReference(readme), check, RENEW);
}
