import { rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
/** The servers of a run together stay under 2 GB; a container's /dev/shm is often 64 MB. */
const NEEDED_BYTES = 4 * 2 ** 30;
const compileCache = () => join(tmpdir(), 'rowhouse-test-compile-cache');

/** Temporary folders in memory where there is room: a database is made of 300 files. Workers inherit the environment. */
export function useFastFolders() {
  if (process.env['TMPDIR'] === undefined && hasRoom()) process.env['TMPDIR'] = MEMORY;
  // Read by the processes that suites start (test/support/child-environment.ts): each loads hundreds of modules.
  process.env['ROWHOUSE_TEST_COMPILE_CACHE'] = compileCache();
}

/** Suites run copies of `dist`, and each copy leaves its own files in the cache. */
export const removeCompileCache = () => rmSync(compileCache(), { recursive: true, force: true });

function hasRoom() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= NEEDED_BYTES;
  } catch {
    return false;
  }
}
