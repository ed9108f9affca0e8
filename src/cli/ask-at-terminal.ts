import { createInterface } from 'node:readline/promises';

type Ask = (question: string) => Promise<string>;

/** undefined: nobody sits there. `CI=true` never asks, also where it has a terminal. */
export function askAtTerminal(json: boolean, signal: AbortSignal): Ask | undefined {
  const { stdin, stdout, env } = process;
  if (json || env['CI'] === 'true' || !stdin.isTTY || !stdout.isTTY) return undefined;
  return async (question) => {
    const terminal = createInterface({ input: stdin, output: stdout });
    // It reads Ctrl-C as a key, and would only close.
    terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    try {
      return await terminal.question(question, { signal });
    } finally {
      terminal.close();
    }
  };
}
