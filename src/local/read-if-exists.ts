import { readFile } from 'node:fs/promises';

/** The text of a file; undefined where there is none. A file that cannot be read is an error, not an absence. */
export async function readIfExists(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
