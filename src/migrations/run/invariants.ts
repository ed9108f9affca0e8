import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import type { RunQuery } from '../run-query.js';
import type { Invariants } from './options.js';
import type { RunnableStep } from './parse-step.js';

/**
 * @param step inside its transaction, which this error rolls back; undefined: what is in the database already.
 * @throws MigrationError (ISOLATION_BROKEN) with every broken wall.
 */
export async function assertInvariants(
  query: RunQuery,
  invariants: Invariants,
  step: RunnableStep | undefined,
): Promise<void> {
  const broken = await invariants(query);
  if (broken.length === 0) return;
  throw new MigrationError(
    ExitCode.ISOLATION_BROKEN,
    `${step ? `With ${step.tag}` : 'Now'} tenants would not be isolated from each other:\n${broken.map((text) => `- ${text}`).join('\n')}`,
    {
      ...(step && { tag: step.tag, file: step.file.name }),
      hint: step
        ? `${step.tag} was not committed; the steps before it were.`
        : 'Nothing was rolled back: this is committed.',
      remedy: step
        ? `mend ${step.file.name} (or, if an earlier step broke it, add the mending statements to it), and run "npm run db:migrate" again`
        : 'write a step that mends it ("npm run db:generate -- --custom"), and run "npm run db:migrate"',
    },
  );
}

/**
 * A step may open a wall that a later one of the run closes. Where that later one fails, the wall stays open, and the error
 * of the step must not hide it.
 * @throws MigrationError (ISOLATION_BROKEN) with both; what `work` throws where no wall was opened.
 */
export async function tellingOpenWalls(
  query: RunQuery,
  { invariants }: { invariants?: Invariants | undefined },
  steps: number,
  work: () => Promise<void>,
): Promise<void> {
  if (!invariants || steps < 2) return work();
  const before = await invariants(query);
  try {
    await work();
  } catch (error) {
    if (!(error instanceof MigrationError) || !toldAlone.includes(error.exitCode)) throw error;
    // The connection may be what was lost.
    const after = await invariants(query).catch(() => []);
    const opened = after.filter((text) => !before.includes(text));
    if (opened.length === 0) throw error;
    const list = opened.map((text) => `- ${text}`).join('\n');
    throw new MigrationError(
      ExitCode.ISOLATION_BROKEN,
      `${error.message}\nAnd the steps before it, which are committed, have left tenants not isolated from each other:\n${list}`,
      { ...error.details, cause: error },
    );
  }
}

/** Of these nobody would look for an open wall. */
const toldAlone: number[] = [ExitCode.SQL_ERROR, ExitCode.LOCK_NOT_OBTAINED];
