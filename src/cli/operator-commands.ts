import type { Command } from 'commander';
import { reporting } from './exit.js';

const JSON_HELP = 'one JSON object instead of lines';
const SCRATCH_HELP =
  "URL of a superuser of a server to replay the steps on (default: an embedded one of the database's major)";

/** What operators do with a database, and what is in it. */
export function addOperatorCommands(program: Command): void {
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
    .description(
      'Shows each migration: applied, pending, edited, missing, out of order, ...; changes nothing',
    )
    .option('--check', 'end with 6 where something is pending, with 4 where folder and database disagree')
    .option('--json', 'one JSON object instead of lines')
    .action(reporting(async () => (await import('./status.command.js')).showStatus));

  program
    .command('db:audit')
    .description(
      'Looks for what is missing in the walls of the database of MIGRATION_DATABASE_URL, and pushes against them with the\n' +
        'login of DATABASE_URL where that is set; ends with 8 where a wall is open. docs/audit.md explains each rule.',
    )
    .option('--json', 'the findings as JSON')
    .option('--sarif', 'the findings for a code scanner (SARIF 2.1.0)')
    .action(reporting(async () => (await import('./audit.command.js')).auditDatabase));

  program
    .command('db:plan')
    .description(
      'Runs what is pending in a transaction that is rolled back, and tells what each statement locks, scans and rewrites.\n' +
        'While it lasts it holds those locks. Ends as db:migrate would.',
    )
    .option('--statement-timeout <seconds>', 'of one statement (default 600)')
    .option('--out-of-order', 'also steps that stand before applied ones in the journal')
    .option('--json', JSON_HELP)
    .action(reporting(async () => (await import('./plan.command.js')).planMigration));

  program
    .command('db:rollback')
    .description('Runs the rollback files (.down.sql) of the newest steps, newest first, or of none')
    .option('--steps <n>', 'how many steps (default 1)')
    .option('--to <tag>', 'all steps after this one')
    .option(
      '--confirm <tag:sum...>',
      'run-time keys of what destroys; the command itself tells which it needs',
    )
    .option('--json', JSON_HELP)
    .action(reporting(async () => (await import('./rollback.command.js')).rollBack));

  program
    .command('db:baseline')
    .description(
      'Takes over a database made by other means: records the steps up to a tag as applied where they make just that\n' +
        'database, and ends with 4 and every difference where they do not.',
    )
    .requiredOption('--to <tag>', 'the last step that the database has already')
    .option('--scratch-url <url>', SCRATCH_HELP)
    .option('--json', JSON_HELP)
    .action(reporting(async () => (await import('./baseline.command.js')).recordBaseline));

  program
    .command('db:adopt')
    .description(
      "Takes over a database that drizzle-kit migrated until now, by drizzle's own ledger; runs no step",
    )
    .option('--accept-edited', 'also record steps whose file was changed since')
    .option('--json', JSON_HELP)
    .action(reporting(async () => (await import('./adopt.command.js')).adoptDatabase));

  program
    .command('db:drift')
    .description('Compares the database with what its steps make; ends with 6 where they differ')
    .option('--scratch-url <url>', SCRATCH_HELP)
    .option('--json', JSON_HELP)
    .action(reporting(async () => (await import('./drift.command.js')).showDrift));

  program
    .command('db:repair')
    .description(
      'Accepts edits of applied steps that changed only comments and white space. With an option, sets right what an\n' +
        'interrupted step or a merge left behind.',
    )
    .option('--mark-applied <tag>', 'an interrupted step that was finished by hand')
    .option('--mark-pending <tag>', 'an interrupted step that was undone by hand')
    .option('--renumber', 'gives steps with the number of another one the next free numbers')
    .option('--json', JSON_HELP)
    .action(reporting(async () => (await import('./repair.command.js')).repairDatabase));

  program
    .command('operator:create')
    .description(
      "Issues an operator's API key over DATABASE_URL and CONTROL_DATABASE_URL, and prints it once: with it tenants are made.",
    )
    .requiredOption('--name <name>', 'whose key it is, for the audit log')
    .action(reporting(async () => (await import('./create-operator.command.js')).createOperator));

  program
    .command('github:replay')
    .description(
      'Lets running services handle deliveries of GitHub again, over CONTROL_DATABASE_URL. What they changed already stays.',
    )
    .argument('[delivery...]', "ids of deliveries, ours or GitHub's")
    .option('--failed', 'all that failed, instead')
    .action(reporting(async () => (await import('./github-replay.command.js')).replayDeliveries));
}
