import type { Statement } from '../sql/statement.js';
import { watchBlockers } from './blocker-watch.js';
import type { Blocker } from './event.js';
import { cancellable, interrupted } from './interrupt.js';
import type { MigrateOptions } from './options.js';
import { needsNoTransaction } from './outside-transaction.js';
import type { RunnableStep } from './parse-step.js';
import { pastForce, tablesNamedIn } from './past-force.js';
import type { MigrationSession } from './session.js';

/** What every part of a run needs. */
export interface Run {
  session: MigrationSession;
  options: MigrateOptions;
  /** The run-time keys, by tag. */
  confirmations: ReadonlyMap<string, string>;
}

/** Where a step is, for the message when it fails. */
export interface Progress {
  statement?: Statement | undefined;
  /** Who was last seen in the way. */
  blockers: Blocker[];
}

/** Sends one statement of a step; an abort cancels it, and who blocks it is told. */
export async function execute(
  run: Run,
  step: RunnableStep,
  statement: Statement,
  progress: Progress,
): Promise<void> {
  const { session, options } = run;
  const { tag, statements } = step;
  progress.statement = statement;
  options.onEvent?.({
    kind: 'statement-started',
    tag,
    statement: statement.index,
    statements: statements.length,
  });
  const onBlocked = (blockers: Blocker[]) => {
    progress.blockers = blockers;
    options.onEvent?.({ kind: 'blocked', tag, statement: statement.index, blockers });
  };
  try {
    await cancellable(session, options.signal, () =>
      watchBlockers(session, onBlocked, () => send(session, statement)),
    );
  } catch (error) {
    throw options.signal?.aborted ? interrupted(tag, statement.index) : error;
  }
}

const send = (session: MigrationSession, statement: Statement): Promise<unknown> => {
  const query = () => session.client.query(statement.text);
  return needsNoTransaction(statement.node) ? query() : pastForce(session, tablesNamedIn(statement), query);
};
