import { Injectable } from '@nestjs/common';
import { and, eq, lt, sql } from 'drizzle-orm';
import { ControlDatabase } from '../../database/index.js';
import { githubDeliveries } from '../webhooks/deliveries.schema.js';
import { githubBindings, githubUsedStates } from './bindings.schema.js';

/** Which tenant has which installation: one at most. In a transaction of the control plane. */
@Injectable()
export class Bindings {
  constructor(private readonly db: ControlDatabase) {}

  /**
   * Whose the installation is. Until the transaction ends nobody can let go of what waits for it, so that nothing is put
   * aside for want of a tenant which had one by then.
   */
  async tenantOf(installationId: number): Promise<string | undefined> {
    await this.db.execute(sql`select pg_advisory_xact_lock_shared(${LOCK_SPACE}, ${lockOf(installationId)})`);
    const [row] = await this.db
      .select({ tenantId: githubBindings.tenantId })
      .from(githubBindings)
      .where(eq(githubBindings.installationId, installationId));
    return row?.tenantId;
  }

  /** False: another tenant has it. The same tenant may come again. */
  async take(installationId: number, tenantId: string): Promise<boolean> {
    await this.db
      .insert(githubBindings)
      .values({ installationId, tenantId })
      .onConflictDoNothing({ target: githubBindings.installationId });
    const [row] = await this.db
      .select({ tenantId: githubBindings.tenantId })
      .from(githubBindings)
      .where(eq(githubBindings.installationId, installationId));
    return row?.tenantId === tenantId;
  }

  async release(installationId: number, tenantId: string): Promise<void> {
    await this.db
      .delete(githubBindings)
      .where(and(eq(githubBindings.installationId, installationId), eq(githubBindings.tenantId, tenantId)));
  }

  /** What was kept of an installation while nobody had it is handled now. */
  async wakeDeliveries(installationId: number): Promise<void> {
    await this.db.execute(sql`select pg_advisory_xact_lock(${LOCK_SPACE}, ${lockOf(installationId)})`);
    await this.db
      .update(githubDeliveries)
      .set({ status: 'received', attempts: 0, nextAttemptAt: sql`now()` })
      .where(
        and(eq(githubDeliveries.installationId, installationId), eq(githubDeliveries.status, 'unbound')),
      );
  }

  /** False: the state was used before. */
  async useState({ nonce, expiresAt }: { nonce: string; expiresAt: Date }): Promise<boolean> {
    await this.db.delete(githubUsedStates).where(lt(githubUsedStates.expiresAt, sql`now()`));
    const used = await this.db
      .insert(githubUsedStates)
      .values({ nonce, expiresAt: expiresAt.toISOString() })
      .onConflictDoNothing()
      .returning({ nonce: githubUsedStates.nonce });
    return used.length > 0;
  }
}

/** Of the advisory locks of this room; another room that takes some chooses another. */
const LOCK_SPACE = 7_602_110;

/** Two installations of one lock only wait for each other now and then. */
const lockOf = (installationId: number): number => installationId % 2 ** 31;
