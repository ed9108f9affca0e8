import { Injectable } from '@nestjs/common';
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { TenantDatabase, Transactions, rowVersion } from '../../database/index.js';
import {
  type Page,
  type PageQuery,
  type Precondition,
  pageOf,
  positionOf,
  withETag,
} from '../../http/index.js';
import { AuditLog } from '../../tenancy/index.js';
import { identityProblems } from '../identity.problems.js';
import { PeopleDirectory } from '../people.directory.js';
import type { Principal } from '../principal.js';
import type { Role } from '../roles.js';
import { UsersService } from '../users/users.service.js';
import type { MemberDto } from './members.dto.js';
import { refuseGreaterRoles } from './greater-roles.js';
import { leavesNoOwner } from './membership-rules.js';
import { memberships } from './memberships.schema.js';

const COLUMNS = {
  id: memberships.id,
  userId: memberships.userId,
  role: memberships.role,
  createdAt: memberships.createdAt,
  updatedAt: memberships.updatedAt,
  etag: rowVersion(memberships),
};
type Row = Omit<MemberDto, 'email' | 'firstName' | 'lastName' | 'photoUrl'> & { etag: string };
/** Its version is that of both rows it is made of. */
type Member = MemberDto & { etag: string };

/** The members of the calling tenant. */
@Injectable()
export class MembersService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly users: UsersService,
    private readonly audit: AuditLog,
    private readonly transactions: Transactions,
    private readonly people: PeopleDirectory,
  ) {}

  async list(query: PageQuery): Promise<Page<MemberDto>> {
    const after = positionOf('members', query);
    const rows = await this.db
      .select(COLUMNS)
      .from(memberships)
      .where(and(isNull(memberships.deletedAt), after === undefined ? undefined : lt(memberships.id, after)))
      .orderBy(desc(memberships.id))
      .limit(query.limit + 1);
    const members = await this.withProfiles(rows);
    return pageOf(
      'members',
      query,
      members.map(({ etag: _etag, ...member }) => member),
    );
  }

  async get(id: string): Promise<MemberDto> {
    return withETag(await this.withProfile(await this.find(id)));
  }

  /** Is this user a member of the calling tenant? */
  async isMember(userId: string): Promise<boolean> {
    const rows = await this.db
      .select({ id: memberships.id })
      .from(memberships)
      .where(and(eq(memberships.userId, userId), isNull(memberships.deletedAt)));
    return rows.length > 0;
  }

  async changeRole(
    id: string,
    wanted: Role | undefined,
    by: Principal,
    ifMatch: Precondition,
  ): Promise<MemberDto> {
    const old = await this.lock(id, (role) => wanted ?? role, by, ifMatch);
    const role = wanted ?? old.role;
    const [row] = await this.db.update(memberships).set({ role }).where(live(id)).returning(COLUMNS);
    await this.audit.record({
      action: 'members.change_role',
      entityType: 'member',
      entityId: id,
      oldValues: { role: old.role },
      newValues: { role },
    });
    return withETag(await this.withProfile(row!));
  }

  /** Their sessions in this tenant end with it; what they made stays. */
  async remove(id: string, by: Principal, ifMatch: Precondition): Promise<void> {
    const old = await this.lock(id, () => undefined, by, ifMatch);
    await this.db
      .update(memberships)
      .set({ deletedAt: sql`now()` })
      .where(live(id));
    await this.audit.record({
      action: 'members.remove',
      entityType: 'member',
      entityId: id,
      oldValues: { userId: old.userId, role: old.role },
    });
  }

  /**
   * All owners are locked before anything is decided, always in the same order: of two changes at the same moment the
   * second sees what the first left, so that they cannot remove each other.
   */
  private async lock(
    id: string,
    become: (role: Role) => Role | undefined,
    by: Principal,
    ifMatch: Precondition,
  ): Promise<Row> {
    const owners = await this.db
      .select({ id: memberships.id })
      .from(memberships)
      .where(and(eq(memberships.role, 'owner'), isNull(memberships.deletedAt)))
      .orderBy(memberships.id)
      .for('update');
    const old = await this.find(id, 'lock');
    ifMatch.refuseStale(await this.withProfile(old));
    const to = become(old.role);
    if (to !== old.role) refuseGreaterRoles(by, to ? [old.role, to] : [old.role]);
    if (leavesNoOwner({ from: old.role, to, owners: owners.length })) throw identityProblems.lastOwner();
    this.transactions.afterCommit(() => this.people.forget(old.userId));
    return old;
  }

  private async find(id: string, lock?: 'lock'): Promise<Row> {
    const query = this.db.select(COLUMNS).from(memberships).where(live(id));
    const [row] = await (lock ? query.for('update') : query);
    if (!row) throw identityProblems.memberNotFound();
    return row;
  }

  private async withProfile(row: Row): Promise<Member> {
    const [member] = await this.withProfiles([row]);
    return member!;
  }

  private async withProfiles(rows: Row[]): Promise<Member[]> {
    const profiles = await this.users.profilesOf(rows.map(({ userId }) => userId));
    return rows.map((row) => {
      const profile = profiles.get(row.userId)!;
      return { ...row, ...profile, etag: `${row.etag}-${profile.etag}` };
    });
  }
}

const live = (id: string) => and(eq(memberships.id, id), isNull(memberships.deletedAt));
