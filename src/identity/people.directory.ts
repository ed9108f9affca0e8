import { Injectable } from '@nestjs/common';
import { and, eq, isNull } from 'drizzle-orm';
import { Config } from '../config/index.js';
import { ChangeListener, ControlDatabase, LiveCache, Transactions } from '../database/index.js';
import { memberships } from './members/memberships.schema.js';
import { externalOrganizations } from './organizations/external-organizations.schema.js';
import type { Role } from './roles.js';
import { users } from './users/users.schema.js';

/** A person known to us. */
export interface Person {
  id: string;
  name: string;
}

export interface Membership {
  tenantId: string;
  role: Role;
}

/** How the caches' notifications name what an issuer names; see the triggers of the tables. */
const keyOf = (issuer: string, externalId: string) => `${issuer}\n${externalId}`;

/** Who a verified token speaks of, and where they are members: cached near, dropped when the database says it changed. */
@Injectable()
export class PeopleDirectory {
  private readonly people: LiveCache<Person>;
  private readonly memberships: LiveCache<Membership[]>;
  private readonly organizations: LiveCache<{ tenantId: string }>;

  constructor(
    private readonly db: ControlDatabase,
    private readonly transactions: Transactions,
    listener: ChangeListener,
    { cache }: Config,
  ) {
    this.people = new LiveCache('rowhouse_user', listener, cache, (key) => this.loadPerson(key));
    this.memberships = new LiveCache('rowhouse_membership', listener, cache, (id) =>
      this.loadMemberships(id),
    );
    this.organizations = new LiveCache('rowhouse_organization', listener, cache, (key) =>
      this.loadOrganization(key),
    );
  }

  /** Undefined until the person accepted a first invitation. */
  find(issuer: string, subject: string): Promise<Person | undefined> {
    return this.people.get(keyOf(issuer, subject));
  }

  async membershipsOf(userId: string): Promise<readonly Membership[]> {
    return (await this.memberships.get(userId)) ?? [];
  }

  /** Which tenant an issuer's organization is, if any: looked up, never cast. */
  async tenantOf(issuer: string, organization: string): Promise<string | undefined> {
    return (await this.organizations.get(keyOf(issuer, organization)))?.tenantId;
  }

  /** They joined, left or became something else: this instance knows at once, the others by notification. */
  forget(userId: string): void {
    this.memberships.forget(userId);
  }

  /** The same of which tenant an issuer's organization is. */
  forgetOrganization(issuer: string, organization: string): void {
    this.organizations.forget(keyOf(issuer, organization));
  }

  /** The same of who they are. */
  forgetPerson({ issuer, subject }: { issuer: string; subject: string }): void {
    this.people.forget(keyOf(issuer, subject));
  }

  private loadPerson(key: string): Promise<Person | undefined> {
    const [issuer = '', externalId = ''] = split(key);
    return this.read(async () => {
      const [row] = await this.db
        .select({ id: users.id, email: users.email, firstName: users.firstName, lastName: users.lastName })
        .from(users)
        .where(and(eq(users.issuer, issuer), eq(users.externalId, externalId), isNull(users.deletedAt)));
      return (
        row && { id: row.id, name: [row.firstName, row.lastName].filter(Boolean).join(' ') || row.email }
      );
    });
  }

  private loadMemberships(userId: string): Promise<Membership[]> {
    return this.read(() =>
      this.db
        .select({ tenantId: memberships.tenantId, role: memberships.role })
        .from(memberships)
        .where(and(eq(memberships.userId, userId), isNull(memberships.deletedAt)))
        .orderBy(memberships.tenantId),
    );
  }

  private loadOrganization(key: string): Promise<{ tenantId: string } | undefined> {
    const [issuer = '', externalId = ''] = split(key);
    return this.read(async () => {
      const [row] = await this.db
        .select({ tenantId: externalOrganizations.tenantId })
        .from(externalOrganizations)
        .where(
          and(eq(externalOrganizations.issuer, issuer), eq(externalOrganizations.externalId, externalId)),
        );
      return row;
    });
  }

  private read<T>(work: () => PromiseLike<T>): Promise<T> {
    return this.transactions.apart(() => this.transactions.withControl({ access: 'read' }, work));
  }
}

/** Issuers are configured and hold no line break; what follows the first one is the issuer's own name. */
const split = (key: string): string[] => [key.slice(0, key.indexOf('\n')), key.slice(key.indexOf('\n') + 1)];
