/**
 * Wraps a command: what it throws is told in words on stderr, or with `--json` as an object on stdout, and becomes the
 * exit code. `load` brings the command's code only when it is run, so that a small one need not wait for all.
 */
export const reporting =
  <A extends unknown[]>(load: () => Promise<(...args: A) => Promise<void>>) =>
  async (...args: A): Promise<void> => {
    try {
      const command = await load();
      await command(...args);
    } catch (thrown) {
      const { tellError } = await import('./tell-error.js');
      tellError(thrown, { json: args.some(asksForJson) });
    }
  };

const asksForJson = (argument: unknown) =>
  typeof argument === 'object' && argument !== null && 'json' in argument && argument.json === true;
