import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from './durations.js';
import { Ending } from './ending.js';
import { endingWith } from './ending-with.js';

const SEMVER_SCOPES = ['none', 'patch', 'minor'];
const HELP = `
Where and as whom:
  ROWHOUSE_URL      address of the server, as https://rowhouse.example.com
  ROWHOUSE_API_KEY  an API key with the scopes contracts:read and contracts:write

Exit codes:
  0  yes, or done
  1  no, with the reasons; or what was sent was refused
  2  cannot tell: the server is not reachable, busy, at fault, does not let this key ask, or knows nothing of the subject
  3  the command was called in the wrong way`;

/** What pipelines ask and tell the server; they need no database, and load none of the application. */
export function addPipelineCommands(program: Command): void {
  pipelineCommand(program, 'can-i-deploy')
    .description('Asks whether a version may be deployed to an environment; changes nothing')
    .requiredOption('--service <name>', 'the service to deploy')
    .requiredOption('--version <version>', 'its version')
    .requiredOption('--environment <name>', 'where to')
    .addOption(
      new Option(
        '--semver <scope>',
        "how far another provider version's result may count: patch as npm's ~, minor as its ^",
      ).choices(SEMVER_SCOPES),
    )
    .option(
      '--retry-while-unknown <duration>',
      'ask again for so long while nothing failed but something is not known yet',
      duration,
    )
    .action(endingWith(async () => (await import('./can-i-deploy.command.js')).canIDeploy));

  pipelineCommand(program, 'record-deployment')
    .description('Records that a version runs in an environment now')
    .requiredOption('--service <name>', 'the service that was deployed')
    .requiredOption('--version <version>', 'its version')
    .requiredOption('--environment <name>', 'where it runs')
    .option('--git-sha <sha>', 'the commit it was built from')
    .action(endingWith(async () => (await import('./record-deployment.command.js')).recordDeployment));

  pipelineCommand(program, 'upload-spec')
    .description('Uploads the specification of a version of a service that is registered')
    .argument('<file>', 'JSON; - reads the standard input')
    .requiredOption('--service <name>', 'the service it describes')
    .requiredOption('--version <version>', 'the version it describes')
    .option('--branch <name>', 'the branch it is of (default main)')
    .option('--environment <name>', 'where it is valid (default everywhere)')
    .option('--replace', 'replace another one that is there for this version, branch and environment')
    .action(endingWith(async () => (await import('./upload-spec.command.js')).uploadSpec));

  pipelineCommand(program, 'record-interactions')
    .description('Records what a consumer asked and was answered; what is known already is a duplicate')
    .argument('<file>', 'a JSON array, or JSON lines; - reads the standard input')
    .option('--strict', "refuse what contradicts the provider's specification, instead of noting it")
    .action(endingWith(async () => (await import('./record-interactions.command.js')).recordInteractions));
}

const pipelineCommand = (program: Command, name: string): Command =>
  program
    .command(name)
    .addOption(
      new Option('--timeout <duration>', 'how long an answer may take, retries included')
        .argParser(duration)
        .default(60_000, '60s'),
    )
    .option('--json', 'one JSON object instead of lines')
    .configureHelp({ sortOptions: true })
    .addHelpText('after', HELP)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? Ending.YES : Ending.USAGE));

function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined)
    throw new InvalidArgumentError('It is a number with a unit, as 500ms, 30s or 2m, up to 24h.');
  return ms;
}
