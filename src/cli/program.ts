import { Command } from 'commander';
import { addDevelopmentCommands } from './development-commands.js';
import { addOperatorCommands } from './operator-commands.js';
import { addPipelineCommands } from './pipeline/pipeline-commands.js';

/** All commands. Exit codes are those of `ExitCode` in the room `migrations`; for pipelines, those of `Ending`. */
export const program = new Command('rowhouse')
  .description('Commands of Rowhouse for pipelines, operators and developers')
  // Also the mistakes that commander finds, as unknown options, end with the code for usage.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));

addPipelineCommands(program);
addOperatorCommands(program);
addDevelopmentCommands(program);
