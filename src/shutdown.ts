import type { INestApplication } from '@nestjs/common';

/**
 * On SIGTERM or Ctrl-C: closes the application (readiness 503, requests in flight finish, pools last), then runs `last`
 * and ends the process with 0; with 1 when that takes longer than `timeoutMs`. A second signal ends it at once.
 */
export function closeOnSignal(
  app: INestApplication,
  timeoutMs: number,
  last: () => Promise<void> = async () => undefined,
): void {
  let isClosing = false;
  const close = async (signal: NodeJS.Signals): Promise<void> => {
    if (isClosing) process.exit(1);
    isClosing = true;
    const giveUp = setTimeout(() => {
      console.error(`Requests were still running ${timeoutMs} ms after ${signal}; they are cut off`);
      void last().finally(() => process.exit(1));
    }, timeoutMs);
    await app.close();
    clearTimeout(giveUp);
    await last();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void close(signal));
}
