import { Ending, PipelineError } from './ending.js';
import { jsonText, printable } from './printable.js';

/**
 * Wraps a command: the number it answers becomes the exit code, what it throws a sentence on stderr, or with `--json` an
 * object on stdout. Never a stack trace: a pipeline's log is read by people who cannot mend this program.
 */
export const endingWith =
  <A extends unknown[]>(load: () => Promise<(...args: A) => Promise<Ending>>) =>
  async (...args: A): Promise<void> => {
    try {
      const command = await load();
      process.exitCode = await command(...args);
    } catch (thrown) {
      const { exitCode, message, problem } = asPipelineError(thrown);
      process.exitCode = exitCode;
      if (args.some(asksForJson)) console.log(jsonText({ error: { exitCode, message, problem } }));
      else console.error(message);
    }
  };

const asksForJson = (argument: unknown) =>
  typeof argument === 'object' && argument !== null && 'json' in argument && argument.json === true;

function asPipelineError(thrown: unknown): PipelineError {
  if (thrown instanceof PipelineError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new PipelineError(Ending.CANNOT_TELL, `This command failed: ${printable(message)}`);
}
