import { readFile, rename, writeFile } from 'node:fs/promises';

/** The text of a file; undefined where there is none. A file that cannot be read is an error, not an absence. */
export async function readIfExists(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** All of the text or what was there before, whenever the process ends; readable by the owner of the folder only. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const next = `${file}.new`;
  await writeFile(next, text, { mode: 0o600, flush: true });
  await rename(next, file);
}
