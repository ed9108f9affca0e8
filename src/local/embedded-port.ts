import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** The port noted in `file` while it is free, otherwise a free one, which is then noted. */
export async function choosePort(file: string, wanted?: number): Promise<number> {
  const noted = wanted ?? notedPort(file);
  const port = noted !== undefined && (await listen(noted)) !== undefined ? noted : await listen(0);
  if (port === undefined) throw new Error('No free port on 127.0.0.1');
  // By renaming, so that a file written earlier by root or another user is no obstacle.
  writeFileSync(`${file}.new`, `${port}\n`);
  renameSync(`${file}.new`, file);
  return port;
}

function notedPort(file: string): number | undefined {
  try {
    const port = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
  } catch {
    return undefined;
  }
}

function listen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
