import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary folder for a server; where the tests run as root, the server's own user must be able to enter it. */
export async function serverFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rowhouse-suite-'));
  await chmod(folder, 0o711);
  return folder;
}
