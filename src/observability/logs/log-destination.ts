import { type DestinationStream, pino, transport } from 'pino';
import type { Config } from '../../config/index.js';
import { endInTime } from './end-in-time.js';
import { scrub } from './scrub.js';

/** Lines are written together: one by one, each would cost its request a system call. */
const BUFFER_BYTES = 4_096;
/** What is buffered is written at the latest after this, so that a quiet service is not a silent one. */
const FLUSH_EVERY_MS = 250;
/** When nobody reads the log, lines are dropped beyond this; the service goes on. */
const MAX_BUFFERED_BYTES = 16_777_216;

/**
 * Where the lines go: pretty, for eyes; or as JSON, in production buffered. What is buffered is written when the process
 * ends, also by an uncaught exception; only `kill -9`, or a reader that is gone or stuck, can lose it.
 */
export function logDestination({ environment, log }: Pick<Config, 'environment' | 'log'>): DestinationStream {
  const stream = log.pretty ? prettyStream() : jsonStream(log.destination, environment === 'production');
  return { write: (line) => stream.write(scrub(line)) };
}

const prettyStream = (): DestinationStream =>
  transport({
    target: 'pino-pretty',
    options: { singleLine: true, ignore: 'pid,hostname,context' },
  }) as DestinationStream;

function jsonStream(dest: 1 | string, isBuffered: boolean): DestinationStream {
  if (!isBuffered) return pino.destination({ dest, sync: true, mkdir: true });
  const stream = pino.destination({
    dest,
    sync: false,
    minLength: BUFFER_BYTES,
    periodicFlush: FLUSH_EVERY_MS,
    maxLength: MAX_BUFFERED_BYTES,
  });
  endInTime(stream);
  return stream;
}
