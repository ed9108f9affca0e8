import type { INestApplication } from '@nestjs/common';

/** npm passes Ctrl-C on to a process that the terminal has told already: a second signal this soon is the same one. */
const SAME_SIGNAL_MS = 500;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

const end = (): void => process.exit(0);

/**
 * Ends the process with 0 on SIGTERM or Ctrl-C, until the function that is returned is called: while the service starts there
 * is nothing to finish, and Linux keeps from the first process of a container what that does not listen to.
 */
export function endOnSignal(): () => void {
  for (const signal of SIGNALS) process.on(signal, end);
  return () => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
}

/**
 * On SIGTERM or Ctrl-C: closes the application (readiness 503, requests in flight finish, pools last), then runs `last`
 * and ends the process with 0. When that takes longer than `timeoutMs`, or on a second signal, requests are cut off,
 * `last` still runs, and the process ends with 1.
 */
export function closeOnSignal(
  app: INestApplication,
  timeoutMs: number,
  last: () => Promise<void> = async () => undefined,
): void {
  let closingSince: number | undefined;
  const cutOff = (why: string): void => {
    console.error(`Requests that still run are cut off: ${why}`);
    void last().finally(() => process.exit(1));
  };
  const close = async (signal: NodeJS.Signals): Promise<void> => {
    if (closingSince !== undefined) {
      if (Date.now() - closingSince > SAME_SIGNAL_MS) cutOff(`a second ${signal}`);
      return;
    }
    closingSince = Date.now();
    const giveUp = setTimeout(() => cutOff(`not done ${timeoutMs} ms after ${signal}`), timeoutMs);
    await app.close();
    clearTimeout(giveUp);
    await last();
    process.exit(0);
  };
  for (const signal of SIGNALS) process.on(signal, () => void close(signal));
}
