import { ExitCode } from '../exit-code.js';
import { type FolderContent, fileOf, rollbackFileOf, type SqlFile } from '../folder/folder-content.js';
import type { Ledgers } from '../ledger/read-ledgers.js';
import type { LedgerStep } from '../ledger/write-ledger.js';
import { MigrationError } from '../migration-error.js';
import { isNotAdopted, type Problem, refusal } from '../plan/problems.js';
import { statusOf, type StepStatus } from '../plan/step-status.js';
import { parseSql } from '../sql/parse.js';
import { SqlSyntaxError } from '../sql/statement.js';

/** How far back: so many steps, or all after the one named. */
export interface RollbackRange {
  steps?: number | undefined;
  to?: string | undefined;
}

/** A step that will be undone. */
export interface StepBack {
  step: LedgerStep;
  down: SqlFile;
}

const inSchema = ['applied', 'baseline', 'edited'];
/** Their end is open, or this code knows nothing of them: nothing below them may be pulled away. */
const inTheWay = ['unknown', 'unrecorded', 'interrupted', 'failed'];

/**
 * Which steps are undone, newest first. Pure, after `loadParser()`.
 * @throws MigrationError (INTEGRITY) naming every step of the range that has no way back, (USAGE) where the range is none.
 */
export function planRollback(folder: FolderContent, ledgers: Ledgers, range: RollbackRange): StepBack[] {
  const statuses = statusOf(folder, ledgers);
  const applied = statuses.filter(({ state }) => inSchema.includes(state));
  const targets = isNotAdopted(ledgers) ? [] : chosen(applied, range).toReversed();
  const problems = [...statuses.flatMap(obstacle), ...targets.flatMap((status) => noWayBack(folder, status))];
  if (problems.length > 0) throw refusal(problems);
  return targets.map(({ tag, entry }) => {
    const [file, down] = [fileOf(folder, tag), rollbackFileOf(folder, tag)];
    if (!file || !down || !entry) throw new Error(`${tag} was not checked`);
    return { step: { tag, when: entry.when, file }, down };
  });
}

function chosen(applied: StepStatus[], { to, steps = 1 }: RollbackRange): StepStatus[] {
  const tags = applied.map(({ tag }) => tag);
  if (to !== undefined) {
    const end = tags.indexOf(to);
    if (end >= 0) return applied.slice(end + 1);
    throw usage(`${to} is not applied, so nothing can be rolled back to it`, tags);
  }
  if (steps < 1 || steps > applied.length)
    throw usage(`${steps} steps cannot be rolled back: ${applied.length} are applied`, tags);
  return applied.slice(-steps);
}

const usage = (message: string, tags: string[]) =>
  new MigrationError(ExitCode.USAGE, message, {
    hint: tags.length > 0 ? `Applied: ${tags.slice(-10).join(', ')}` : 'No step is applied.',
  });

function obstacle({ tag, state, row }: StepStatus): Problem[] {
  // A step that failed as a whole has left nothing behind.
  if (!inTheWay.includes(state) || (state === 'failed' && row?.statementsDone === 0)) return [];
  const messages: Record<string, [string, string]> = {
    unknown: [
      `the database holds step ${tag}, which this code does not know`,
      'roll back with the code of the release that has it',
    ],
    unrecorded: [`${tag} was applied by drizzle's own migrator`, 'run "npm run db:adopt" first'],
    interrupted: halfDone(tag, row, 'was interrupted'),
    failed: halfDone(tag, row, 'failed'),
  };
  const [message, remedy] = messages[state] ?? ['', ''];
  return [{ kind: state, tag, message, remedy }];
}

const halfDone = (tag: string, row: StepStatus['row'], end: string): [string, string] => [
  `${tag} ${end} after statement ${row?.statementsDone} of ${row?.statementsTotal}`,
  `let "npm run db:migrate" finish it, or undo by hand what it did and run "npm run db:repair -- --mark-pending ${tag}"`,
];

function noWayBack(folder: FolderContent, { tag, state }: StepStatus): Problem[] {
  const file = rollbackFileOf(folder, tag);
  const name = file?.name ?? `${tag}.down.sql`;
  const about = (message: string, remedy: string): Problem[] => [
    { kind: state, tag, file: name, message, remedy },
  ];
  if (!file)
    return about(
      `${tag} has no ${name}`,
      `write ${name} with the SQL that undoes it, and run "npm run db:generate" for its sum; or go forward with a new step`,
    );
  try {
    const { statements, directives } = parseSql(file.text);
    const irreversible = directives.find((directive) => directive.name === 'irreversible');
    if (irreversible)
      return about(
        `${name}, line ${irreversible.position.line}, says that there is no way back: ${irreversible.options['reason'] ?? 'no reason given'}`,
        'go forward with a new step, or restore a backup',
      );
    if (statements.length > 0 || /^-- Nothing to undo/m.test(file.text)) return [];
    return about(
      `${name} holds no statement: nobody has written how to undo the step`,
      `write it; where there is nothing to undo, say so in a line that begins with "-- Nothing to undo"`,
    );
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    const { line, column } = error.position;
    return about(`${name}:${line}:${column}: ${error.message}`, `mend ${name}`);
  }
}
