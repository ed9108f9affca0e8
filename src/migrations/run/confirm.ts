import { ExitCode } from '../exit-code.js';
import type { FolderContent } from '../folder/folder-content.js';
import type { Finding } from '../lint/rule.js';
import { MigrationError } from '../migration-error.js';
import type { PlannedStep } from '../plan/planner.js';
import type { RunQuery } from '../run-query.js';
import { destructiveFindings } from './destructive-findings.js';
import { lossOf } from './loss.js';
import type { MigrateOptions } from './options.js';

/** What a destructive step is confirmed with at run time: bound to the text that was reviewed. */
export const keyOf = ({ tag, file }: Pick<PlannedStep, 'tag' | 'file'>): string =>
  `${tag}:${file.sha256.slice(0, 8)}`;

/**
 * Sees that every destructive statement of the batch has both keys: `-- rowhouse:confirm` in its file, and at run time
 * `--confirm`, or the name of the object typed at a terminal. In a database without a table, what does not exist yet
 * cannot be lost, and needs no second key: or every new installation would have to confirm the whole history.
 * @returns the keys used, by tag.
 * @throws MigrationError (CONFIRMATION_NEEDED), with the rows that would be lost, before anything of the batch runs.
 */
export async function confirmed(
  query: RunQuery,
  folder: FolderContent,
  steps: PlannedStep[],
  { criticalFindings = destructiveFindings, confirm = [], ask }: MigrateOptions,
  command = 'db:migrate --',
): Promise<Map<string, string>> {
  const keys = new Map<string, string>();
  if (steps.length === 0) return keys;
  const findings = await criticalFindings(folder);
  const isNew = await isUntouched(query);
  const problems: Unconfirmed[] = [];
  for (const step of steps) {
    const critical = findings.filter((finding) => finding.tag === step.tag && isAhead(finding, step));
    if (critical.length === 0) continue;
    const unmarked = critical.filter(({ accepted }) => accepted === undefined);
    const losses: string[] = [];
    const existing: Finding[] = [];
    for (const finding of critical) {
      const loss = finding.object === undefined ? undefined : await lossOf(query, finding.object);
      losses.push(describe(finding, loss));
      if (!isNew) existing.push(finding);
    }
    const key = keyOf(step);
    if (unmarked.length > 0) {
      const lines = unmarked.map(
        ({ rule, object, position }) =>
          `line ${position.line}: -- rowhouse:confirm ${rule} ${object ?? '<object>'} reason="..."`,
      );
      problems.push({
        tag: step.tag,
        message: losses.join('\n'),
        remedy: `write above the statement, in ${step.file.name}:\n  ${lines.join('\n  ')}`,
      });
    } else if (existing.length === 0) {
      continue;
    } else if (confirm.includes(key) || (ask && (await typed(ask, critical, losses)))) {
      keys.set(step.tag, key);
    } else {
      const stale = confirm.some((given) => given.startsWith(`${step.tag}:`));
      problems.push({
        tag: step.tag,
        message:
          losses.join('\n') +
          (stale ? `\n  The key that was given is of another version of ${step.file.name}.` : ''),
        remedy: runWith(command, [step.file.name], [...keys.values(), key]),
        key,
        file: step.file.name,
      });
    }
  }
  if (problems.length > 0) throw notConfirmed(problems, command, [...keys.values()]);
  return keys;
}

/** A step that resumes has its earlier statements behind it. */
const isAhead = ({ statement, severity }: Finding, { resumeAt }: PlannedStep) =>
  severity === 'critical' && (statement === undefined || statement >= resumeAt);

/** Asked of the catalogue: a database made by other means has no ledger, and yet everything to lose. */
async function isUntouched(query: RunQuery): Promise<boolean> {
  const { rows } = await query(anythingToLose);
  return rows.length === 0;
}

/** The migrator's or its owner's, also what others put into their schemas; nobody else's could a step destroy. */
const anythingToLose = `
  SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
   WHERE relkind IN ('r', 'p', 'm', 'S', 'f') AND nspname !~ '^pg_'
     AND nspname NOT IN ('information_schema', 'rowhouse', 'drizzle')
     AND (pg_has_role(relowner, 'USAGE') OR pg_has_role(nspowner, 'USAGE')
       OR has_table_privilege(c.oid, 'DELETE, TRUNCATE, UPDATE'))
   LIMIT 1`;

function describe({ file, position, message }: Finding, loss: string | undefined): string {
  return `${file}:${position.line}:${position.column}: ${message}${loss === undefined ? '' : ` (${loss})`}`;
}

async function typed(
  ask: NonNullable<MigrateOptions['ask']>,
  critical: Finding[],
  losses: string[],
): Promise<boolean> {
  for (const [index, { object, tag }] of critical.entries()) {
    const name = object ?? tag ?? '';
    if ((await ask(`${losses[index]}\nType ${name} to go on: `)).trim() !== name) return false;
  }
  return true;
}

interface Unconfirmed {
  tag: string;
  message: string;
  remedy: string;
  /** Of a step that lacks nothing but its key. */
  key?: string;
  file?: string;
}

const runWith = (command: string, files: string[], keys: string[]) =>
  `read ${files.join(' and ')}, and run "npm run ${command}${keys.map((key) => ` --confirm=${key}`).join('')}"`;

/** One run takes the keys of all steps: a command with the key of one would be refused for the others. */
function remedyOf(problems: Unconfirmed[], command: string, given: string[]): string {
  const keyed = problems.flatMap(({ key, file }) =>
    key === undefined || file === undefined ? [] : { key, file },
  );
  if (keyed.length < problems.length) return problems.map(({ remedy }) => remedy).join('; and ');
  return runWith(
    command,
    keyed.map(({ file }) => file),
    [...given, ...keyed.map(({ key }) => key)],
  );
}

function notConfirmed(problems: Unconfirmed[], command: string, given: string[]): MigrationError {
  const [first] = problems;
  return new MigrationError(
    ExitCode.CONFIRMATION_NEEDED,
    `Nothing was run: this would destroy\n${problems.map(({ message }) => `  ${message}`).join('\n')}`,
    {
      ...(problems.length === 1 && first && { tag: first.tag }),
      remedy: remedyOf(problems, command, given),
      problems: problems.map(({ tag, message, remedy }) => ({ tag, message, remedy })),
    },
  );
}
