import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';

/** Whether a person is there to answer. `CI=true` is never asked, also where CI plays a terminal. */
export const isTerminal = (): boolean =>
  stdin.isTTY && stdout.isTTY && !['true', '1'].includes(process.env['CI'] ?? '');

/** One line typed by a person. Ctrl-D answers an empty one. */
export async function askInTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: stdin, output: stdout });
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    return (await Promise.race([terminal.question(question), closed])).trim();
  } finally {
    terminal.close();
  }
}
