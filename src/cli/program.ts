import { Command } from 'commander';
import { addDevelopmentCommands } from './development-commands.js';
import { reporting } from './exit.js';
import { addOperatorCommands } from './operator-commands.js';

const CHECK = 'write nothing; end with 1 where the committed text differs';

/** All commands. They end with 0, with 1 when the work failed, and with 2 when the configuration cannot be used. */
export const program = new Command('rowhouse')
  .description('Commands for operators and developers of Rowhouse')
  // Also the mistakes that commander finds, as unknown options, end with the code for usage.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));

program
  .command('db:bootstrap')
  .description(
    'Creates the roles and prepares the database of the admin URL, then prints the URLs of the three logins.\n' +
      'Roles that exist already get new passwords: running services must be given the new URLs.',
  )
  .argument(
    '[admin-url]',
    'URL of a superuser, or of a role with CREATEROLE; ADMIN_DATABASE_URL keeps it out of the history',
  )
  .action(reporting(async () => (await import('./bootstrap.command.js')).bootstrap));

program
  .command('db:migrate')
  .description(
    'Applies the pending migrations over MIGRATION_DATABASE_URL.\n' +
      'Ends with 0 done, 1 SQL error, 2 usage, 3 confirmation needed, 4 folder and database disagree, 5 lock not obtained,\n' +
      '7 interrupted, 8 tenants not isolated afterwards.',
  )
  .option(
    '--confirm <tag:sum...>',
    'run-time keys of steps that destroy; db:migrate itself tells which it needs',
  )
  .option('--lock-timeout <seconds>', 'how long to wait for other migrations and for locks (default 60)')
  .option('--out-of-order', 'also run steps that stand before applied ones in the journal')
  .option('--json', 'one JSON object instead of lines')
  .action(reporting(async () => (await import('./migrate.command.js')).migrateDatabase));

program
  .command('db:status')
  .description('Shows each migration: applied, pending, edited, missing, out of order, ...; changes nothing')
  .option('--check', 'end with 6 where something is pending, with 4 where folder and database disagree')
  .option('--json', 'one JSON object instead of lines')
  .action(reporting(async () => (await import('./status.command.js')).showStatus));

addOperatorCommands(program);

program
  .command('db:audit')
  .description(
    'Looks for what is missing in the walls of the database of MIGRATION_DATABASE_URL; ends with 8 where something is',
  )
  .option('--json', 'the findings as JSON')
  .action(reporting(async () => (await import('./audit.command.js')).auditDatabase));

program
  .command('openapi')
  .description('Development: writes openapi.json from the built code; asks no database')
  .option('--check', CHECK)
  .action(reporting(async () => (await import('./openapi.command.js')).writeOpenApi));

program
  .command('config:reference')
  .description('Development: writes .env.example and the configuration table of the README')
  .option('--check', CHECK)
  .action(reporting(async () => (await import('./config-reference.command.js')).writeReference));

addDevelopmentCommands(program);
