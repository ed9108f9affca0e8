/* oxlint-disable eslint/no-underscore-dangle -- the names are SonicBoom's */
import { writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** How long the end of the process waits for a reader that is stuck. */
const FLUSH_DEADLINE_MS = 1_000;
const RETRY_MS = 10;

/** What SonicBoom, pino's stream, has not written yet, and does not type. */
interface Buffered {
  fd: number;
  _len: number;
  _writing: boolean;
  _writingBuf: string;
  _bufs: string[];
  flushSync(): void;
}

/**
 * At the end of the process SonicBoom tries again for ever where nobody reads the log any more (EPIPE) or the reader is
 * stuck (EAGAIN), and the process would not end. This writes what can be written within a second.
 */
export function endInTime(stream: DestinationStream): void {
  const buffered = stream as unknown as Buffered;
  buffered.flushSync = () => {
    const lines = [buffered._writing ? '' : buffered._writingBuf, ...buffered._bufs];
    if (!buffered._writing) buffered._writingBuf = '';
    buffered._bufs = [];
    buffered._len = 0;
    writeAll(buffered.fd, Buffer.from(lines.join('')), Date.now() + FLUSH_DEADLINE_MS);
  };
}

function writeAll(fd: number, bytes: Buffer, giveUpAt: number): void {
  for (let written = 0; written < bytes.length && Date.now() < giveUpAt;) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}
