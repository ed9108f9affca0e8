import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderContent } from '../folder/folder-content.js';

/**
 * Rows written by hand for a state whose rules nothing generic satisfies: `drizzle/fixtures/<tag>.sql`, of this step or the
 * newest before it.
 * @returns undefined where there is none.
 */
export async function readFixture(
  { path, journal = [] }: FolderContent,
  tag: string,
): Promise<string | undefined> {
  const tags = journal.map((entry) => entry.tag);
  for (const candidate of tags.slice(0, tags.indexOf(tag) + 1).toReversed()) {
    const text = await readFile(join(path, 'fixtures', `${candidate}.sql`), 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  return undefined;
}
