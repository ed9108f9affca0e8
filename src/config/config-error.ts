/** What a process that cannot start for its configuration ends with. */
export const CONFIG_ERROR_EXIT_CODE = 2;

/**
 * The configuration cannot be used. `problems` holds all of them, each a sentence for the operator; neither they nor
 * `message` (one line per problem) contain a value, so that no secret can reach a log.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(['The configuration cannot be used:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
}
