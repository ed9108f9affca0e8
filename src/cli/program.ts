import { Command } from 'commander';
import { addDevelopmentCommands } from './development-commands.js';
import { addOperatorCommands } from './operator-commands.js';

/** All commands. Their exit codes are those of `ExitCode` in the room `migrations`. */
export const program = new Command('rowhouse')
  .description('Commands for operators and developers of Rowhouse')
  // Also the mistakes that commander finds, as unknown options, end with the code for usage.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));

addOperatorCommands(program);
addDevelopmentCommands(program);
