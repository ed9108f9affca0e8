import type { ClientConfig } from 'pg';
import type { FolderContent } from '../folder/folder-content.js';
import { migrationsFolder } from '../folder/migrations-folder.js';
import { readFolder } from '../folder/read-folder.js';
import { readLedgers } from '../ledger/read-ledgers.js';
import { handOver } from '../ledger/write-ledger.js';
import { plan } from '../plan/planner.js';
import { refusal } from '../plan/problems.js';
import { journalTags } from '../replay/steps-named.js';
import { refusePushed } from '../push/pushed.js';
import { assertEmpty } from '../run/assert-empty.js';
import { assertMigrator } from '../run/assert-migrator.js';
import { keyOf } from '../run/confirm.js';
import { execute, type Progress, type Run } from '../run/execute.js';
import { failureOf, isLockConflict, lockNotObtained } from '../run/failure.js';
import { assertInvariants } from '../run/invariants.js';
import { withMigrationLock } from '../run/lock.js';
import { withMigrationSession } from '../run/open-session.js';
import { destructiveFindings } from '../run/destructive-findings.js';
import type { MigrateOptions } from '../run/options.js';
import { digestsOf, parseStep, type RunnableStep } from '../run/parse-step.js';
import type { MigrationSession } from '../run/session.js';
import { inTransactionRolledBack } from '../run-query.js';
import type { Position } from '../sql/position.js';
import { loadParser } from '../sql/parser.js';
import { countRows, type RowCount } from './count-rows.js';
import { type Effect, effectsOf } from './effects.js';
import { observe, type Observed } from './observe.js';

/** What `db:migrate` would do, as far as that can be tried. */
export interface DryRunReport {
  steps: TriedStep[];
  notTried: { tag: string; reason: string }[];
  /** The run-time keys that `db:migrate` will ask for. */
  keys: { tag: string; key: string }[];
  /** Before the steps, of the tables that they touch. */
  rows: Record<string, RowCount>;
}

export interface TriedStep {
  tag: string;
  durationMs: number;
  statements: TriedStatement[];
}

export interface TriedStatement {
  /** Counted from 1 within the step. */
  statement: number;
  position: Position;
  text: string;
  durationMs: number;
  effects: Effect[];
}

const lockTimeoutMs = 2_000;
const defaultStatementTimeoutMs = 600_000;

/**
 * Runs what is pending in one transaction that is rolled back, and tells what each statement does to the tables that are
 * there. While it lasts it holds the very locks it tells of; only sequences keep what they gave out.
 * @throws MigrationError as `migrate()` would: refused by the planner, a statement that fails, a lock not obtained.
 */
export async function dryRun(connection: ClientConfig, options: MigrateOptions = {}): Promise<DryRunReport> {
  const folder = await readFolder(options.folder ?? migrationsFolder());
  journalTags(folder);
  await loadParser();
  return withMigrationSession(connection, (session) =>
    withMigrationLock(session, options, async () => {
      await assertMigrator(session.query);
      await refusePushed(session.query);
      const decision = plan(folder, await readLedgers(session.query), { digestsOf, ...options });
      if (decision.kind === 'refused') throw refusal(decision.problems);
      const pending = decision.steps.map(parseStep);
      const { tried, notTried } = divide(pending);
      const steps = await tryAll(
        { session, options, confirmations: new Map() },
        tried,
        notTried.length === 0,
      );
      return {
        steps,
        notTried,
        keys: await keysOf(folder, pending, options),
        rows: await rowsOf(session, steps),
      };
    }),
  );
}

/** Later steps may stand on one that cannot be tried. */
function divide(steps: RunnableStep[]): { tried: RunnableStep[]; notTried: DryRunReport['notTried'] } {
  const first = steps.findIndex(({ isTransactional }) => !isTransactional);
  if (first < 0) return { tried: steps, notTried: [] };
  const notTried = steps.slice(first).map(({ tag, isTransactional }) => ({
    tag,
    reason: isTransactional
      ? `it comes after ${steps[first]?.tag}, which cannot be tried`
      : 'it runs without a transaction, so nothing of it could be rolled back',
  }));
  return { tried: steps.slice(0, first), notTried };
}

async function tryAll(run: Run, steps: RunnableStep[], isAll: boolean): Promise<TriedStep[]> {
  const { query } = run.session;
  return inTransactionRolledBack(query, async () => {
    const { statementTimeoutMs = defaultStatementTimeoutMs } = run.options;
    await query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
    await query(`SET LOCAL statement_timeout = ${statementTimeoutMs}`);
    const initial = await observe(query);
    const tried: TriedStep[] = [];
    for (const step of steps) tried.push(await tryStep(run, step, initial));
    const last = steps.at(-1);
    if (isAll && last && run.options.invariants) await assertInvariants(query, run.options.invariants, last);
    return tried;
  });
}

async function tryStep(run: Run, step: RunnableStep, initial: Map<number, Observed>): Promise<TriedStep> {
  const { query } = run.session;
  const progress: Progress = { blockers: [] };
  const statements: TriedStatement[] = [];
  const start = performance.now();
  try {
    for (const table of step.mustBeEmpty) await assertEmpty(run.session, step, table);
    let before = await observe(query);
    for (const statement of step.statements) {
      const begun = performance.now();
      await execute(run, step, statement, progress);
      const durationMs = performance.now() - begun;
      const after = await observe(query);
      const { index, position, text } = statement;
      statements.push({
        statement: index,
        position,
        text,
        durationMs,
        effects: effectsOf(initial, before, after),
      });
      before = after;
    }
    // As the COMMIT would check them.
    await query('SET CONSTRAINTS ALL IMMEDIATE');
    progress.statement = undefined;
    await handOver(query);
  } catch (error) {
    if (isLockConflict(error)) throw lockNotObtained(step, progress.statement, 1, progress.blockers, error);
    throw failureOf(error, step, progress.statement);
  }
  return { tag: step.tag, durationMs: performance.now() - start, statements };
}

async function keysOf(
  folder: FolderContent,
  steps: RunnableStep[],
  { criticalFindings = destructiveFindings }: MigrateOptions,
): Promise<DryRunReport['keys']> {
  const findings = await criticalFindings(folder);
  const critical = new Set(findings.filter(({ severity }) => severity === 'critical').map(({ tag }) => tag));
  return steps.filter(({ tag }) => critical.has(tag)).map((step) => ({ tag: step.tag, key: keyOf(step) }));
}

async function rowsOf({ query }: MigrationSession, steps: TriedStep[]): Promise<DryRunReport['rows']> {
  const effects = steps.flatMap(({ statements }) => statements.flatMap((statement) => statement.effects));
  const rows: DryRunReport['rows'] = {};
  for (const relation of new Set(effects.map((effect) => effect.relation))) {
    const count = await countRows(query, relation);
    if (count) rows[relation] = count;
  }
  return rows;
}
