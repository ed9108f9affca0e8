import type { PoolClient, QueryResult } from 'pg';
import { DatabaseError, StatementError, translateError, unwrapDrizzle } from './database-errors.js';
import { cancelSession } from './cancel-session.js';
import type { Checkout } from './checkout.js';
import { coalesceWrites } from './coalesce-writes.js';
import type { TransactionOutcome } from './database-events.js';
import { type Statement, preparedName, statementOf } from './statements.js';
import type { TransactionReport } from './transaction-report.js';

/** What Drizzle hands to a client: the text, the row mode and the type parsers. */
export interface LeasedQuery {
  text: string;
  rowMode?: 'array';
}

export interface LeaseSettings {
  /** Write statements without waiting for the answers of earlier ones. */
  pipeline: boolean;
  preparedStatements: boolean;
}

/**
 * A transaction's hold on one pooled connection. No connection is taken and nothing is sent before the first query;
 * once it ends every further query rejects with `TENANT_TX_CLOSED`, so that no late query can run inside the next
 * tenant's transaction.
 */
export class Lease {
  private client: PoolClient | undefined;
  private connecting: Promise<PoolClient | undefined> | undefined;
  private preambleReply: Promise<unknown> | undefined;
  private lastTurn: Promise<unknown> = Promise.resolve();
  private running = 0;
  private isClosed = false;
  private isPoisoned = false;
  /** The reply to a statement that left together with COMMIT. */
  private lastReply: Promise<unknown> | undefined;
  /** What a statement failed with last, unless it was merely refused because an earlier one had failed. */
  private failure: Error | undefined;
  /** Set by `cancel()`; every query of the transaction then fails with it. */
  private cancellation: DatabaseError | undefined;
  private cancelled: Promise<void> | undefined;

  constructor(
    private readonly checkout: Checkout,
    private readonly preamble: string,
    private readonly settings: LeaseSettings,
    private readonly report: TransactionReport,
  ) {}

  /** Did any statement fail? Then the reply to COMMIT must be seen before anybody is told that all is well. */
  get hasFailed(): boolean {
    return this.failure !== undefined;
  }

  /** Runs one statement; before the first, in the same write, BEGIN and the tenant context. */
  async query(query: LeasedQuery, values: unknown[] = []): Promise<QueryResult> {
    this.refuseWhenClosed();
    const statement = statementOf(query.text);
    this.report.refuseOutside(statement);
    const startedAt = this.report.statementBegan();
    this.running++;
    let error: Error | undefined;
    try {
      return await this.send(query, values, statement);
    } catch (thrown) {
      throw (error = this.remember(translateError(thrown, statement.digest)));
    } finally {
      this.running--;
      this.report.statementEnded(query.text, statement.digest, startedAt, error);
    }
  }

  /**
   * Refuses further queries, once `last` has sent the one that COMMIT will follow. Throws `TENANT_TX_UNFINISHED` when
   * another is still running: somebody forgot an `await`, and nobody could say whether its effect belongs to the commit.
   */
  async close(last?: () => Promise<unknown>): Promise<void> {
    if (this.cancellation) throw this.cancellation;
    if (last && this.running === 0) {
      const reply = last();
      if (this.settings.pipeline) this.lastReply = reply;
      else await reply;
    }
    this.end();
    if (this.running === (this.lastReply ? 1 : 0)) return;
    this.lastReply?.catch(() => undefined); // it was not sent in time and is refused
    throw this.report.violation(
      'TENANT_TX_UNFINISHED',
      `${this.running} queries were still running when the transaction ended; await every query`,
    );
  }

  /**
   * Ends the transaction from outside, at any moment before its COMMIT is sent: whoever waits for a connection stops
   * waiting, the statement that runs is cancelled, everything is rolled back. Later than that, it does nothing.
   */
  cancel(): void {
    if (this.isClosed) return;
    this.cancellation = new DatabaseError(
      'TRANSACTION_CANCELLED',
      'The transaction was cancelled from outside',
    );
    this.failure = this.cancellation;
    this.end();
    const client = this.client;
    if (!client) return;
    if (this.running === 0) {
      this.cancelled = this.rollback('cancelled');
    } else {
      this.report.ended('cancelled');
      this.client = undefined;
      this.cancelled = cancelSession(client, () => this.running > 0, this.preambleReply).finally(() =>
        this.checkout.forget(),
      );
    }
  }

  /** COMMIT. Rejects unless the server says that it committed. */
  async commit(): Promise<void> {
    this.end();
    const client = this.client;
    if (!client) {
      await this.cancelled;
      return this.throwFailure();
    }
    const failedBefore = this.failure;
    await this.report.waiting(async () => {
      try {
        // After a failed BEGIN there is no transaction, and COMMIT would succeed at nothing.
        await this.preambleReply;
        const [{ command }] = await Promise.all([client.query('COMMIT'), this.lastReply]);
        if (command !== 'COMMIT') throw this.aborted();
        this.report.ended('committed');
        this.release(client);
      } catch (error) {
        const translated = this.outcomeOf(unwrapDrizzle(error), failedBefore);
        await this.rollback(outcomeNamed(translated));
        throw translated;
      }
    });
  }

  /** May the connection go to the next transaction before COMMIT's reply? Only on a pipeline, and if all went well. */
  get canHandOn(): boolean {
    return this.settings.pipeline && this.running === 0 && this.failure === undefined;
  }

  /**
   * COMMIT of a read, whose connection goes back at once: what the next transaction sends stands behind COMMIT on the
   * wire, and after COMMIT, whatever it answers, neither the transaction nor its `SET LOCAL` is left.
   */
  async commitAndHandOn(): Promise<void> {
    this.end();
    const client = this.client;
    if (!client) return;
    this.client = undefined;
    coalesceWrites(client);
    const reply = client.query('COMMIT');
    this.checkout.giveBack(client, this.isPoisoned);
    try {
      await reply;
      this.report.ended('committed');
    } catch (error) {
      this.report.ended('unknown');
      throw error;
    }
  }

  /** ROLLBACK; never rejects. A connection that does not come back idle is destroyed. */
  async rollback(outcome: TransactionOutcome = 'rolled_back'): Promise<void> {
    this.end();
    const client = this.client;
    if (!client) {
      this.report.ended('unavailable');
      return this.cancelled;
    }
    this.client = undefined;
    try {
      if (!this.settings.pipeline) await this.lastTurn;
      await client.query('ROLLBACK');
    } catch (error) {
      this.isPoisoned = true;
      this.report.rollbackFailed(error);
    }
    this.report.ended(outcome);
    this.release(client);
  }

  private async send(query: LeasedQuery, values: unknown[], statement: Statement): Promise<QueryResult> {
    const client = this.client ?? (await (this.connecting ??= this.connect()));
    this.refuseWhenClosed();
    // What ended the wait has closed the lease, which was refused above.
    if (this.settings.pipeline) return this.write(client!, query, values, statement);
    return this.inTurn(() => this.write(client!, query, values, statement));
  }

  /** No further queries. Who still waits for a connection leaves the queue. */
  private end(): void {
    this.isClosed = true;
    this.checkout.stopWaiting();
  }

  private async connect(): Promise<PoolClient | undefined> {
    const client = await this.checkout.take();
    // Ended while we waited: nothing was sent, so the connection goes straight back.
    if (client && this.isClosed) this.release(client);
    else this.client = client;
    return client;
  }

  /** Without a pipeline the driver takes one query at a time. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lastTurn.then(() => {
      this.refuseWhenClosed();
      return work();
    });
    this.lastTurn = turn.catch(() => undefined);
    return turn;
  }

  private async write(client: PoolClient, query: LeasedQuery, values: unknown[], statement: Statement) {
    const name = this.settings.preparedStatements ? preparedName(client, statement) : undefined;
    // Extended protocol for every statement, so that an injected `;` is a syntax error.
    const config = { ...query, name, queryMode: 'extended' };
    coalesceWrites(client);
    this.preambleReply ??= client.query(this.preamble);
    if (!this.settings.pipeline) {
      await this.preambleReply;
      this.refuseWhenClosed();
    }
    // A statement behind a failed BEGIN ran outside any transaction: only the preamble's error counts then.
    const [, result] = await Promise.all([this.preambleReply, client.query(config, values)]);
    return result;
  }

  private refuseWhenClosed(): void {
    if (this.cancellation) throw this.cancellation;
    if (this.isClosed) {
      throw this.report.violation(
        'TENANT_TX_CLOSED',
        'This query came after the end of its transaction and was not sent; await every query',
      );
    }
  }

  private remember(error: Error): Error {
    if (this.cancellation) return this.cancellation;
    const sqlState = error instanceof StatementError ? error.sqlState : '';
    // Refused only because an earlier statement failed, and perhaps awaited before it: that one is what went wrong.
    if (this.failure && CONSEQUENCES.has(sqlState)) return this.failure;
    // The server dropped or changed what a prepared statement was made for: only a new connection helps.
    if (STALE_STATEMENT.has(sqlState)) this.isPoisoned = true;
    this.failure = error;
    return error;
  }

  private throwFailure(): void {
    if (this.cancellation) throw this.cancellation;
    if (!this.failure) return;
    this.report.ended('unavailable');
    throw this.aborted();
  }

  private aborted(): DatabaseError {
    return this.report.violation(
      'TENANT_TX_ABORTED',
      'A failed statement was swallowed, so PostgreSQL rolled the transaction back at COMMIT',
      { cause: this.failure },
    );
  }

  private outcomeOf(error: unknown, failedBefore: Error | undefined): Error {
    const translated = translateError(error, 'COMMIT');
    if (!(translated instanceof DatabaseError) || translated.code !== 'DATABASE_UNAVAILABLE')
      return translated;
    if (failedBefore) return failedBefore;
    return new DatabaseError(
      'COMMIT_OUTCOME_UNKNOWN',
      'The connection was lost after COMMIT was sent; its outcome is unknown',
    );
  }

  private release(client: PoolClient): void {
    this.client = undefined;
    this.checkout.giveBack(client, this.isPoisoned || client.getTransactionStatus() !== 'I');
  }
}

/** In a failed transaction; or prepared under its name by a statement before it, whose preparation failed. */
const CONSEQUENCES = new Set(['25P02', '26000']);
const STALE_STATEMENT = new Set(['0A000', '26000']);

function outcomeNamed(error: Error): TransactionOutcome {
  const code = error instanceof DatabaseError ? error.code : undefined;
  if (code === 'TENANT_TX_ABORTED') return 'aborted';
  return code === 'COMMIT_OUTCOME_UNKNOWN' ? 'unknown' : 'rolled_back';
}
