import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { rulePages } from '../migrations/index.js';
import { Failed } from './failed.js';
import { projectFolder, writeGenerated } from './generated-file.js';

const FOLDER = join('docs', 'rules');
const RENEW = 'npm run db:rules';

/** Writes a page for each rule of the linter, and removes those of rules that are gone. */
export async function writeRulePages({ check = false }: { check?: boolean }): Promise<void> {
  const pages = await rulePages();
  const folder = join(projectFolder, FOLDER);
  if (!check) await mkdir(folder, { recursive: true });
  for (const [name, text] of pages) await writeGenerated(join(FOLDER, name), text, check, RENEW);
  const stale = (await readdir(folder)).filter((name) => !pages.has(name));
  if (check && stale.length > 0)
    throw new Failed(`No rule has the page ${join(FOLDER, stale[0] ?? '')}; run "${RENEW}".`);
  for (const name of stale) await rm(join(folder, name));
}
