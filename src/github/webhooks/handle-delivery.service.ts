import { Injectable } from '@nestjs/common';
import { and, eq, sql } from 'drizzle-orm';
import { ControlDatabase, Transactions } from '../../database/index.js';
import { TenantContext } from '../../tenancy/index.js';
import { Bindings } from '../connect/bindings.service.js';
import { type Meaning, observe } from '../events/observe.js';
import type { Observation } from '../events/observation.js';
import { InstallationStore } from '../installations/installation-store.service.js';
import { type DeliveryStatus, githubDeliveries } from './deliveries.schema.js';
import { LEASE_MS, MAX_ATTEMPTS } from './retry-delay.js';

/** A delivery that this process has claimed. */
export interface Claim {
  id: string;
  attempt: number;
  /** No attempt is left, and none came to an end: it is failed now, and nothing is to be done. */
  isSpent: boolean;
}

type Handled = Exclude<DeliveryStatus, 'received' | 'failed'>;

const ACTOR = { type: 'system', id: 'github' } as const;

/** From a delivery to what it changes. */
@Injectable()
export class HandleDelivery {
  constructor(
    private readonly db: ControlDatabase,
    private readonly transactions: Transactions,
    private readonly context: TenantContext,
    private readonly bindings: Bindings,
    private readonly installations: InstallationStore,
  ) {}

  /** The longest due delivery. Counts the attempt before it is made, so that one that ends the process is counted, too. */
  claim(): Promise<Claim | undefined> {
    return this.transactions.withControl({ access: 'write' }, async () => {
      const { id, attempts, status, nextAttemptAt } = githubDeliveries;
      const [due] = await this.db
        .select({ id, attempts })
        .from(githubDeliveries)
        .where(and(eq(status, 'received'), sql`${nextAttemptAt} <= now()`))
        .orderBy(nextAttemptAt)
        .limit(1)
        .for('update', { skipLocked: true });
      if (!due) return undefined;
      const isSpent = due.attempts >= MAX_ATTEMPTS;
      const attempt = isSpent ? due.attempts : due.attempts + 1;
      await this.db
        .update(githubDeliveries)
        .set(isSpent ? SPENT : { attempts: attempt, nextAttemptAt: inMs(LEASE_MS) })
        .where(eq(id, due.id));
      return { id: due.id, attempt, isSpent };
    });
  }

  /**
   * Its row stays locked until its outcome is stored, so that nobody else begins, however long it takes. What it changes is
   * committed before: whoever is killed in between does it again, and ends in the same state. Undefined: it is not ours any more.
   */
  handle({ id, attempt }: Claim): Promise<Handled | undefined> {
    return this.transactions.withControl({ access: 'write' }, async () => {
      const [delivery] = await this.db
        .select({
          event: githubDeliveries.event,
          payload: githubDeliveries.payload,
          receivedAt: githubDeliveries.receivedAt,
        })
        .from(githubDeliveries)
        .where(
          and(
            eq(githubDeliveries.id, id),
            eq(githubDeliveries.status, 'received'),
            eq(githubDeliveries.attempts, attempt),
          ),
        )
        // Waits: somebody who looks for a due one may hold it for a moment, and then finds it claimed.
        .for('update');
      if (!delivery) return undefined;
      const payload: unknown = JSON.parse(delivery.payload.toString());
      const meaning = observe({ ...delivery, payload });
      const status = await this.follow(meaning);
      await this.db
        .update(githubDeliveries)
        .set({
          status,
          action: actionOf(payload),
          installationId: meaning.kind === 'observation' ? meaning.observation.installationId : null,
          processedAt: sql`now()`,
          lastError: null,
        })
        .where(eq(githubDeliveries.id, id));
      return status;
    });
  }

  private async follow(meaning: Meaning): Promise<Handled> {
    if (meaning.kind === 'ping') return 'processed';
    if (meaning.kind === 'ignored') return 'ignored';
    const tenantId = await this.bindings.tenantOf(meaning.observation.installationId);
    const isLearnt = tenantId !== undefined && (await this.learn(tenantId, meaning.observation));
    return isLearnt ? 'processed' : 'unbound';
  }

  private learn(tenantId: string, observation: Observation): Promise<boolean> {
    const value = { tenantId, actor: ACTOR, requestId: undefined, ip: undefined };
    return this.context.run(value, () =>
      this.transactions.withTenant(tenantId, { access: 'write' }, () =>
        this.installations.learn(observation),
      ),
    );
  }
}

/** Whoever made the last attempt did not live to tell. */
const SPENT = {
  status: 'failed',
  lastError: sql`coalesce(${githubDeliveries.lastError}, 'no attempt came to an end')`,
} as const;

const inMs = (ms: number) => sql`now() + make_interval(secs => ${ms / 1_000})`;

function actionOf(payload: unknown): string | null {
  const { action } = (payload ?? {}) as { action?: unknown };
  return typeof action === 'string' ? action : null;
}
