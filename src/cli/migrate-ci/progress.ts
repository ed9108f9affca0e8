/** Tells each step of a long command in a line: what, how long, what came of it. Answers what `work` does. */
export type Step = <T>(name: string, work: () => Promise<T>, outcome?: (result: T) => string) => Promise<T>;

/** Where the line is written. */
export interface Progress {
  step: Step;
  /** A line for something to know that is no failure. */
  tell(text: string): void;
  passed(): number;
}

/** `begin` is told first in a terminal only, so that one sees what is being waited for. */
export function progressOn(write: (line: string) => void): Progress {
  let passed = 0;
  return {
    passed: () => passed,
    tell: (text) => write(`      ${text}`),
    step: async (name, work, outcome = () => '') => {
      const startedAt = performance.now();
      const told = (result: string) =>
        `${result}  ${name.padEnd(62)} ${Math.round(performance.now() - startedAt)} ms`;
      try {
        const result = await work();
        passed += 1;
        const detail = outcome(result);
        write(`${told('ok  ')}${detail && `  ${detail}`}`);
        return result;
      } catch (error) {
        write(told('FAIL'));
        throw error;
      }
    },
  };
}
