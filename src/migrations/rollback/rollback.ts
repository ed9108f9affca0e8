import type { ClientConfig } from 'pg';
import { ExitCode } from '../exit-code.js';
import { migrationsFolder } from '../folder/migrations-folder.js';
import { readFolder } from '../folder/read-folder.js';
import { readLedgers } from '../ledger/read-ledgers.js';
import { handOver, recordRolledBack } from '../ledger/write-ledger.js';
import { MigrationError } from '../migration-error.js';
import type { PlannedStep } from '../plan/planner.js';
import { journalTags } from '../replay/steps-named.js';
import { refusePushed } from '../push/pushed.js';
import { assertEmpty } from '../run/assert-empty.js';
import { assertMigrator } from '../run/assert-migrator.js';
import { confirmed } from '../run/confirm.js';
import { destructiveFindings } from '../run/destructive-findings.js';
import { execute, type Progress, type Run } from '../run/execute.js';
import { failureOf } from '../run/failure.js';
import { assertInvariants } from '../run/invariants.js';
import { withMigrationLock } from '../run/lock.js';
import { withMigrationSession } from '../run/open-session.js';
import type { CriticalFindings, MigrateOptions } from '../run/options.js';
import { parseStep, type RunnableStep } from '../run/parse-step.js';
import { retryLockConflicts } from '../run/retry.js';
import { resetSession } from '../run/session.js';
import { inStepTransaction } from '../run/step-transaction.js';
import { loadParser } from '../sql/parser.js';
import { asStep } from './as-step.js';
import { planRollback, type RollbackRange, type StepBack } from './plan-rollback.js';

/**
 * Runs the rollback files of the newest steps, newest first, each in a transaction with the change of its rows in both
 * ledgers. Whether all of the range can be undone, and is confirmed, is known before any of it is.
 * @throws MigrationError with the exit code of the command, and what mends it.
 */
export async function rollback(
  connection: ClientConfig,
  options: MigrateOptions & RollbackRange = {},
): Promise<{ rolledBack: string[] }> {
  const folder = await readFolder(options.folder ?? migrationsFolder());
  journalTags(folder);
  await loadParser();
  return withMigrationSession(connection, (session) =>
    withMigrationLock(session, options, async () => {
      await assertMigrator(session.query);
      await refusePushed(session.query);
      const back = planRollback(folder, await readLedgers(session.query), options);
      const planned = back.map(asPlanned);
      const confirmations = await confirmed(
        session.query,
        folder,
        planned,
        { ...options, criticalFindings: findingsOf(back, options.criticalFindings) },
        commandOf(options),
      );
      const scripts = planned.map(parseStep);
      const run = { session, options, confirmations };
      for (const [index, { step }] of back.entries()) {
        const script = scripts[index] as RunnableStep;
        await undo(run, script, async () => {
          await recordRolledBack(session.query, step);
          if (index === back.length - 1 && options.invariants)
            await assertInvariants(session.query, options.invariants, script);
        });
      }
      return { rolledBack: back.map(({ step }) => step.tag) };
    }),
  );
}

const asPlanned = ({ step: { tag, when }, down }: StepBack): PlannedStep => ({
  tag,
  when,
  file: down,
  resumeAt: 1,
});

/** A rollback file is looked at as if it were a step; what it destroys needs the key at run time only. */
function findingsOf(
  back: StepBack[],
  criticalFindings: CriticalFindings = destructiveFindings,
): CriticalFindings {
  return async (folder) => {
    const findings = await Promise.all(
      back.map(async (each) =>
        (await criticalFindings(asStep(folder, each))).filter(({ tag }) => tag === each.step.tag),
      ),
    );
    return findings
      .flat()
      .map((finding) => ({ ...finding, accepted: finding.accepted ?? 'a rollback file' }));
  };
}

const commandOf = ({ steps, to }: RollbackRange) =>
  `db:rollback --${to === undefined ? '' : ` --to ${to}`}${steps === undefined ? '' : ` --steps ${steps}`}`;

async function undo(run: Run, script: RunnableStep, record: () => Promise<void>): Promise<void> {
  const { query, client } = run.session;
  const start = performance.now();
  let progress: Progress = { blockers: [] };
  const statements = async () => {
    for (const table of script.mustBeEmpty) await assertEmpty(run.session, script, table);
    for (const statement of script.statements) await execute(run, script, statement, progress);
  };
  run.options.onEvent?.({ kind: 'step-started', tag: script.tag, step: 1, steps: 1 });
  try {
    if (!script.isTransactional) {
      await resetSession(client);
      await statements();
    }
    await retryLockConflicts(run, script, (attempt) => {
      if (script.isTransactional) progress = attempt;
      return inStepTransaction(run, async () => {
        if (script.isTransactional) await statements();
        progress.statement = undefined;
        await handOver(query);
        await record();
      });
    });
  } catch (error) {
    throw withRemedy(failureOf(error, script, progress.statement), script);
  }
  run.options.onEvent?.({ kind: 'step-applied', tag: script.tag, durationMs: performance.now() - start });
}

/** The step is still applied: what the runner would advise does not fit. */
function withRemedy(failure: MigrationError, { file, isTransactional }: RunnableStep): MigrationError {
  if (failure.exitCode !== ExitCode.SQL_ERROR) return failure;
  const remedy = isTransactional
    ? `nothing of ${file.name} is left in the database, and its step still counts as applied: mend it and run "npm run db:rollback" again`
    : `what stands above this statement in ${file.name} has been run: make it repeatable (IF EXISTS) and run "npm run db:rollback" again`;
  return new MigrationError(failure.exitCode, failure.message, { ...failure.details, remedy });
}
