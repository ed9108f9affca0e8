import { Command } from 'commander';
import { bootstrap } from './bootstrap.command.js';
import { writeReference } from './config-reference.command.js';
import { reporting } from './exit.js';
import { generate } from './generate.command.js';
import { migrateCi } from './migrate-ci.command.js';
import { migrateDatabase } from './migrate.command.js';
import { initDatabase, resetAndMigrate, seedDatabase } from './seed.command.js';
import { writeOpenApi } from './openapi.command.js';

const CHECK = 'write nothing; end with 1 where the committed text differs';

/** All commands. They end with 0, with 1 when the work failed, and with 2 when the configuration cannot be used. */
export const program = new Command('rowhouse').description(
  'Commands for operators and developers of Rowhouse',
);

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
  .action(reporting(bootstrap));

program
  .command('db:migrate')
  .description('Applies the pending migrations over MIGRATION_DATABASE_URL')
  .action(reporting(migrateDatabase));

program
  .command('db:generate')
  .description('Development: writes a migration from the schema, with the row security of new tenant tables')
  .option('--name <name>', 'name of the step, in snake_case')
  .option('--custom', 'an empty step for SQL written by hand')
  .option('--check', 'write nothing; end with 6 where the migrations lag behind the schema')
  .option(
    '--rename <old:new...>',
    'what was renamed: notes:memos for a table or enum, notes.title:heading for a column',
  )
  .option('--no-renames', 'nothing was renamed: what is gone is dropped, and what is new is created')
  .action(reporting(generate));

const NAME: [string, string] = [
  '--name <database>',
  'its exact name, where it is not named for development or test',
];

program
  .command('db:seed')
  .description('Development: plants the demo data where it is missing; a second run changes nothing')
  .option(...NAME)
  .action(reporting(seedDatabase));

program
  .command('db:init')
  .description('Development: db:migrate, then db:seed')
  .option(...NAME)
  .action(reporting(initDatabase));

program
  .command('db:reset')
  .description('Development: drops all that is in the database, then db:migrate; never in production')
  .option(...NAME)
  .action(reporting(resetAndMigrate));

program
  .command('db:migrate:ci')
  .description('CI: tries every way to the newest state on servers of its own, with rows in the tables')
  .option('--majors <list>', 'of PostgreSQL; the older ones need "npm run postgres:majors"', '18')
  .option('--states <n>', 'how many of the last states to upgrade from, beside the merge base', '3')
  .option('--base <ref>', 'the branch to merge into; without it the default branch')
  .action(reporting((options) => migrateCi(options)));

program
  .command('openapi')
  .description('Development: writes openapi.json from the built code; asks no database')
  .option('--check', CHECK)
  .action(reporting(writeOpenApi));

program
  .command('config:reference')
  .description('Development: writes .env.example and the configuration table of the README')
  .option('--check', CHECK)
  .action(reporting(writeReference));
