import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';
import type { Pool } from 'pg';
import { currentActivity } from './activity.js';
import { DatabaseEvents, type Plane } from './database-events.js';
import { DatabaseError, type DatabaseErrorCode, isTransient, unwrapDrizzle } from './database-errors.js';
import { CONTROL_POOL, CONTROL_SLOTS, LEASE_SETTINGS, TENANT_POOL, TENANT_SLOTS } from './database.tokens.js';
import { Checkout } from './checkout.js';
import { Lease, type LeaseSettings } from './lease.js';
import { onAbort } from './on-abort.js';
import type { TenantSlots } from './tenant-slots.js';
import { type TransactionOptions, preambleOf } from './transaction-options.js';
import { TransactionReport } from './transaction-report.js';

/** Whose turn at the pool the look-ups of the platform itself take: authentication, the catalogue, workers. */
const THE_PLATFORM = '';

interface Transaction {
  lease: Lease;
  tenantId: string | undefined;
  options: TransactionOptions;
  lastWrite?: () => Promise<unknown>;
  afterCommit: (() => unknown)[];
}

/** Opens transactions and knows the one that the running code belongs to (AsyncLocalStorage). */
@Injectable()
export class Transactions {
  constructor(
    private readonly context: ClsService,
    @Inject(TENANT_POOL) private readonly tenantPool: Pool,
    @Inject(CONTROL_POOL) private readonly controlPool: Pool,
    @Inject(TENANT_SLOTS) private readonly tenantSlots: TenantSlots,
    @Inject(CONTROL_SLOTS) private readonly controlSlots: TenantSlots,
    @Inject(LEASE_SETTINGS) private readonly settings: LeaseSettings,
    private readonly events: DatabaseEvents,
  ) {}

  /**
   * Runs `work` in one transaction of the tenant: every `TenantDatabase` query inside belongs to it, commits when `work`
   * resolves and rolls back when it rejects. Inside a transaction of the same tenant it joins; of another it refuses
   * (`TENANT_CONTEXT_MISMATCH`), as does a write inside a read (`TENANT_TX_READ_ONLY`).
   */
  withTenant<T>(tenantId: string, options: TransactionOptions, work: () => PromiseLike<T>): Promise<T> {
    return this.run('tenant', tenantId, options, work);
  }

  /** The same on the control plane (`ControlDatabase`): the tenant catalogue, credentials. Knows no tenant context. */
  withControl<T>(options: TransactionOptions, work: () => PromiseLike<T>): Promise<T> {
    return this.run('control', undefined, options, work);
  }

  /** Runs `work` outside of the transaction around the caller: what it reads may be kept and shown to others. */
  apart<T>(work: () => T): T {
    return this.context.isActive() ? this.context.exit(work) : work();
  }

  /** Runs `work` once the current transaction has committed; never if it does not. Errors are logged, not thrown. */
  afterCommit(work: () => unknown): void {
    const transaction = this.find('tenant') ?? this.find('control');
    if (!transaction) throw this.contextMissing('tenant');
    transaction.afterCommit.push(work);
  }

  /**
   * Sends one more statement once the work is done, in the same write as COMMIT: a round trip less than awaiting it. If it
   * fails nothing is committed. For a transaction that has run a query already. `send` must have sent its statement when it
   * returns, as Drizzle's `execute()` has and `await` has not, else the transaction fails with `TENANT_TX_UNFINISHED`.
   */
  lastWrite(send: () => Promise<unknown>): void {
    const transaction = this.find('tenant') ?? this.find('control');
    if (!transaction) throw this.contextMissing('tenant');
    transaction.lastWrite = send;
  }

  /** The lease of the transaction around the caller, for the Drizzle instances. Throws `TENANT_CONTEXT_MISSING`. */
  currentLease(plane: Plane): Lease {
    const transaction = this.find(plane);
    if (!transaction) throw this.contextMissing(plane);
    return transaction.lease;
  }

  /** The tenant of the transaction around the caller, if there is one. */
  get currentTenantId(): string | undefined {
    return this.find('tenant')?.tenantId;
  }

  private async run<T>(
    plane: Plane,
    tenantId: string | undefined,
    options: TransactionOptions,
    work: () => PromiseLike<T>,
  ): Promise<T> {
    const outer = this.find(plane);
    if (outer) {
      this.refuseForeignJoin(outer, tenantId, options);
      return await work();
    }
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.attempt(plane, tenantId, options, work);
      } catch (error) {
        if (attempt >= (options.retries ?? 0) || !isTransient(error)) throw unwrapDrizzle(error);
        this.events.tell('transactionRetried', plane);
        await sleep(Math.random() * 20 * 2 ** attempt);
      }
    }
  }

  private async attempt<T>(
    plane: Plane,
    tenantId: string | undefined,
    options: TransactionOptions,
    work: () => PromiseLike<T>,
  ): Promise<T> {
    const pool = plane === 'tenant' ? this.tenantPool : this.controlPool;
    const slots = plane === 'tenant' ? this.tenantSlots : this.controlSlots;
    const facts = { plane, access: options.access, tenantId, activity: currentActivity() };
    const report = new TransactionReport(this.events, facts);
    const lease = new Lease(
      new Checkout(pool, slots, tenantId ?? options.onBehalfOf ?? THE_PLATFORM, report),
      preambleOf(tenantId, options),
      this.settings,
      report,
    );
    const transaction: Transaction = { lease, tenantId, options, afterCommit: [] };
    const stopListening = onAbort(options.signal, () => lease.cancel());
    try {
      return await this.perform(transaction, plane, work);
    } finally {
      stopListening();
    }
  }

  private async perform<T>(transaction: Transaction, plane: Plane, work: () => PromiseLike<T>): Promise<T> {
    const { lease, options } = transaction;
    let result: T;
    try {
      result = await this.context.run({ ifNested: 'inherit' }, async () => {
        this.context.set(plane, transaction);
        // Awaited in here: a Drizzle query that `work` merely returns is sent when it is awaited.
        const value = await work();
        await lease.close(transaction.lastWrite);
        return value;
      });
    } catch (error) {
      const rolledBack = lease.rollback();
      if (!options.detachCommit) await rolledBack;
      throw error;
    }
    await this.commit(transaction);
    return result;
  }

  private async commit({ lease, options, afterCommit }: Transaction): Promise<void> {
    // A serializable read is only known to be right once COMMIT succeeded.
    const isDetached =
      options.access === 'read' && options.detachCommit && options.isolation !== 'serializable';
    if (!isDetached || lease.hasFailed) {
      await lease.commit();
      return this.runAll(afterCommit);
    }
    const committed = lease.canHandOn ? lease.commitAndHandOn() : lease.commit();
    committed
      .then(() => this.runAll(afterCommit))
      .catch((error: unknown) => this.events.tell('detachedCommitFailed', error));
  }

  private async runAll(works: (() => unknown)[]): Promise<void> {
    for (const work of works) {
      try {
        await work();
      } catch (error) {
        this.events.tell('afterCommitFailed', error);
      }
    }
  }

  private find(plane: Plane): Transaction | undefined {
    return this.context.isActive() ? this.context.get<Transaction | undefined>(plane) : undefined;
  }

  private refuseForeignJoin(
    outer: Transaction,
    tenantId: string | undefined,
    options: TransactionOptions,
  ): void {
    if (outer.tenantId !== tenantId) {
      throw this.violation(
        'TENANT_CONTEXT_MISMATCH',
        'A transaction of one tenant cannot open one of another tenant',
      );
    }
    if (options.access === 'write' && outer.options.access === 'read') {
      throw this.violation('TENANT_TX_READ_ONLY', 'A write cannot join a read-only transaction');
    }
    if (options.isolation && options.isolation !== outer.options.isolation) {
      throw this.violation(
        'TENANT_CONTEXT_MISMATCH',
        `The transaction around does not run ${options.isolation}`,
      );
    }
  }

  private contextMissing(plane: Plane): DatabaseError {
    return this.violation(
      'TENANT_CONTEXT_MISSING',
      plane === 'tenant'
        ? 'No tenant context: tenant tables are reached in a request of a tenant, or inside withTenant()'
        : 'No control-plane transaction: use @ControlPlane() on the controller, or withControl()',
    );
  }

  private violation(code: DatabaseErrorCode, message: string): DatabaseError {
    this.events.tell('leaseViolated', code);
    return new DatabaseError(code, message);
  }
}
