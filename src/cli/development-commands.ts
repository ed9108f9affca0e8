import { type Command, Option } from 'commander';
import { reporting } from './exit.js';

const CHECK = 'write nothing; end with 1 where the committed text differs';
const NAME: [string, string] = [
  '--name <database>',
  'its exact name, where it is not named for development or test',
];

const RENAME: [string, string] = [
  '--rename <old:new...>',
  'what was renamed: notes:memos for a table or enum, notes.title:heading for a column',
];
const NO_RENAMES: [string, string] = [
  '--no-renames',
  'nothing was renamed: what is gone is dropped, and what is new is created',
];

/** What developers and CI run, and production never: they need the development dependencies. */
export function addDevelopmentCommands(program: Command): void {
  program
    .command('db:generate')
    .description(
      'Development: writes the steps from the schema, with the row security of new tenant tables, the way back and the sums',
    )
    .option('--name <name>', 'name of the step, in snake_case')
    .option('--custom', 'an empty step for SQL written by hand')
    .option('--check', 'write nothing; end with 6 where the migrations lag behind the schema')
    .option(...RENAME)
    .option(...NO_RENAMES)
    .action(reporting(async () => (await import('./generate.command.js')).generate));

  program
    .command('db:seed')
    .description('Development: plants the demo data where it is missing; a second run changes nothing')
    .option(...NAME)
    .action(reporting(async () => (await import('./seed.command.js')).seedDatabase));

  program
    .command('db:init')
    .description('Development: db:migrate, then db:seed')
    .option(...NAME)
    .action(reporting(async () => (await import('./seed.command.js')).initDatabase));

  program
    .command('db:reset')
    .description('Development: drops all that is in the database, then db:migrate; never in production')
    .option(...NAME)
    .action(reporting(async () => (await import('./seed.command.js')).resetAndMigrate));

  program
    .command('db:push')
    .description(
      'Development: brings a disposable database to the schema without a step; db:migrate refuses it afterwards',
    )
    .option(...NAME)
    .option(...RENAME)
    .option(...NO_RENAMES)
    .action(reporting(async () => (await import('./push.command.js')).push));

  program
    .command('db:studio')
    .description(
      'Development: shows the database in a browser; as rowhouse_migrator, the rows of every tenant',
    )
    .argument('[url]', 'default MIGRATION_DATABASE_URL')
    .option('--port <port>', 'to serve on, of 127.0.0.1', '4983')
    .action(reporting(async () => (await import('./studio.command.js')).openStudio));

  program
    .command('db:migrate:ci')
    .description('CI: tries every way to the newest state on servers of its own, with rows in the tables')
    .option('--majors <list>', 'of PostgreSQL; the older ones need "npm run postgres:majors"', '18')
    .option('--states <n>', 'how many of the last states to upgrade from, beside the merge base', '3')
    .option('--base <ref>', 'the branch to merge into; without it the default branch')
    .action(reporting(async () => (await import('./migrate-ci.command.js')).migrateCi));

  program
    .command('db:check')
    .description(
      'Checks the migrations without a database: journal, sums, snapshots, the schema, and the rules over every step.\n' +
        'Ends with 4 where something stops; docs/rules/ has a page for each rule.',
    )
    .option('--json', 'for programs')
    .addOption(new Option('--sarif', 'for code scanners (SARIF 2.1.0)').conflicts('json'))
    .action(reporting(async () => (await import('./check.command.js')).checkMigrations));

  program
    .command('db:rules')
    .description('Development: writes docs/rules/, a page for each rule of db:check')
    .option('--check', CHECK)
    .action(reporting(async () => (await import('./rules.command.js')).writeRulePages));

  program
    .command('openapi')
    .description('Development: writes openapi.json from the built code; asks no database')
    .option('--check', CHECK)
    .action(reporting(async () => (await import('./openapi.command.js')).writeOpenApi));

  program
    .command('config:reference')
    .description('Development: writes .env.example and the table of docs/configuration.md')
    .option('--check', CHECK)
    .action(reporting(async () => (await import('./config-reference.command.js')).writeReference));
}
