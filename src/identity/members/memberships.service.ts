import { Injectable } from '@nestjs/common';
import { and, eq, isNull } from 'drizzle-orm';
import { ControlDatabase, Transactions, isViolationOf, newId } from '../../database/index.js';
import { identityProblems } from '../identity.problems.js';
import { PeopleDirectory } from '../people.directory.js';
import type { Role } from '../roles.js';
import { memberships } from './memberships.schema.js';

/** How people get into tenants: on the control plane, since they are in none before. */
@Injectable()
export class MembershipsService {
  constructor(
    private readonly db: ControlDatabase,
    private readonly transactions: Transactions,
    private readonly people: PeopleDirectory,
  ) {}

  async has(tenantId: string, userId: string): Promise<boolean> {
    const rows = await this.db
      .select({ id: memberships.id })
      .from(memberships)
      .where(
        and(
          eq(memberships.tenantId, tenantId),
          eq(memberships.userId, userId),
          isNull(memberships.deletedAt),
        ),
      );
    return rows.length > 0;
  }

  /** Throws `ALREADY_MEMBER`. */
  async add(tenantId: string, userId: string, role: Role): Promise<void> {
    await this.db
      .insert(memberships)
      .values({ tenantId, id: newId(), userId, role })
      .catch((error: unknown) => {
        throw isViolationOf(error, 'memberships_user_live') ? identityProblems.alreadyMember() : error;
      });
    this.transactions.afterCommit(() => this.people.forget(userId));
  }
}
