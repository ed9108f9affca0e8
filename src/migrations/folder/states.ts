import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFolder } from './read-folder.js';
import { sumsOf } from './sums.js';

/**
 * A temporary copy of a migrations folder as it was after its first `count` steps, for the time of `work`.
 */
export async function withState<T>(
  path: string,
  count: number,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const parent = await mkdtemp(join(tmpdir(), 'rowhouse-state-'));
  const folder = join(parent, 'drizzle');
  try {
    const { journal = [] } = await readFolder(path);
    const later = new Set(journal.slice(count).flatMap(({ tag }) => [`${tag}.sql`, `${tag}.down.sql`]));
    await cp(path, folder, { recursive: true, filter: (file) => !later.has(file.split('/').at(-1) ?? '') });
    const journalFile = join(folder, 'meta', '_journal.json');
    const text = JSON.parse(await readFile(journalFile, 'utf8')) as { entries: unknown[] };
    await writeFile(journalFile, JSON.stringify({ ...text, entries: text.entries.slice(0, count) }));
    await writeFile(join(folder, 'meta', '_sum'), sumsOf(await readFolder(folder)));
    return await work(folder);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

/**
 * Pure. From how many steps a staircase climbs: what the main branch has (where that is known and older), and each of the
 * last `states` states before the newest. Ascending, never 0 and never the newest itself.
 */
export function stairs(total: number, states: number, merged: number | undefined): number[] {
  const last = Array.from({ length: states }, (_, back) => total - 1 - back);
  const all = new Set([...last, ...(merged === undefined ? [] : [merged])]);
  return [...all].filter((count) => count > 0 && count < total).toSorted((a, b) => a - b);
}
