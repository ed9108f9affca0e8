import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { migrationsFolder } from '../migrations/index.js';
import { Failed } from './failed.js';

/** The folder of package.json. */
export const projectFolder = dirname(migrationsFolder());

/** Writes a committed file, or with `check` fails where it holds something else, and says how to renew it. */
export async function writeGenerated(
  name: string,
  text: string,
  check: boolean,
  renew: string,
): Promise<void> {
  const path = join(projectFolder, name);
  if (!check) return writeFile(path, text);
  const committed = await readFile(path, 'utf8').catch(() => '');
  if (committed !== text)
    throw new Failed(
      `${name} is not what the code says; run "${renew}".\n${firstDifference(committed, text)}`,
    );
}

function firstDifference(committed: string, generated: string): string {
  const [before, after] = [committed.split('\n'), generated.split('\n')];
  const line = after.findIndex((text, index) => text !== before[index]);
  const at = line < 0 ? after.length : line;
  return `line ${at + 1}:\n- ${before[at] ?? '(end)'}\n+ ${after[at] ?? '(end)'}`;
}
