import { unwrapDrizzle } from '../../database/index.js';

interface ErrorEntry {
  type: string;
  message: string;
  code?: unknown;
  stack?: string;
  cause?: ErrorEntry;
}

/** Deep enough for every chain of causes that is no loop. */
const MAX_CAUSES = 5;

/**
 * An error as it may be logged: what it is, where, and why. Other properties stay out: drivers put rows into them, and
 * Drizzle the parameters of the query.
 */
export function errorEntry(thrown: unknown, depth = 0): ErrorEntry {
  const error = unwrapDrizzle(thrown);
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something that is no Error was thrown' };
  const isWrapper = error.name === 'DrizzleQueryError' || error.constructor.name === 'DrizzleQueryError';
  return {
    type: error.name,
    message: isWrapper ? 'A query failed' : error.message,
    ...('code' in error && { code: error.code }),
    ...(error.stack !== undefined && !isWrapper && { stack: error.stack }),
    ...(error.cause !== undefined && depth < MAX_CAUSES && { cause: errorEntry(error.cause, depth + 1) }),
  };
}
