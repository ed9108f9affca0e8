import { type ExecFileException, execFile } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TypstTask } from './typst-process.js';

// `.ts` in tests, which Node runs as well.
const PROCESS = fileURLToPath(new URL(`typst-process${extname(import.meta.url)}`, import.meta.url));
// More threads than one would take more from the service than the document is worth.
const ENVIRONMENT = { RAYON_NUM_THREADS: '1' };
const MAX_PDF_BYTES = 32 * 1024 * 1024;

/** Why there is no PDF: it needs more time, memory or room than it may have, or the compiler does not survive its texts. */
export class TypstRefusal extends Error {}
/** The machine has so much else to do that it was not made in time. */
export class TypstTimeout extends Error {}

export type { TypstTask };

/**
 * Typst's source as a PDF, made by a process of its own that ends with it, so that whatever happens there stays there. It
 * gets nothing of this one's environment. Rejects with `TypstRefusal`, `TypstTimeout`, an `AbortError`, or with what is
 * wrong with the source.
 */
export function typst(task: TypstTask, timeoutMs: number, signal?: AbortSignal): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const child = execFile(
    process.execPath,
    [PROCESS],
    {
      env: ENVIRONMENT,
      encoding: 'buffer',
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      maxBuffer: MAX_PDF_BYTES,
      ...(signal && { signal }),
    },
    (error, pdf, errors) => (error ? reject(reasonOf(error, errors)) : resolve(pdf)),
  );
  // Where the process ends before it has read all, its end says why.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(JSON.stringify(task));
  return promise;
}

function reasonOf(error: ExecFileException, errors: Buffer): Error {
  if (error.name === 'AbortError') return error;
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return new TypstRefusal('The PDF is too large', { cause: error });
  if (error.killed) return new TypstTimeout('The PDF took too long', { cause: error });
  // By itself, for what it needed, or by a panic of the compiler.
  if (error.signal) return new TypstRefusal(`The process ended with ${error.signal}`, { cause: error });
  return new Error(`Typst failed: ${errors.toString()}`, { cause: error });
}
