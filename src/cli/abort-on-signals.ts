import { ExitCode } from '../migrations/index.js';

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
// npm and the terminal both pass a Ctrl-C on: what comes at once is one.
const impatientAfterMs = 1_000;

/** An AbortSignal for SIGTERM, Ctrl-C and a closed terminal. Asked again later, the process ends without tidying up. */
export function abortOnSignals(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  let abortedAt: number | undefined;
  const abort = () => {
    if (abortedAt !== undefined && Date.now() - abortedAt > impatientAfterMs)
      process.exit(ExitCode.INTERRUPTED);
    abortedAt ??= Date.now();
    controller.abort();
  };
  for (const name of signals) process.on(name, abort);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, abort);
    },
  };
}
