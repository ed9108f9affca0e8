import { Injectable } from '@nestjs/common';
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { Config } from '../../config/index.js';
import { TenantDatabase, isViolationOf, newId, rowVersion } from '../../database/index.js';
import { type Page, type PageQuery, Precondition, pageOf, positionOf, withETag } from '../../http/index.js';
import { MailOutbox } from '../../mail/index.js';
import { AuditLog, TenantContext, TenantDirectory } from '../../tenancy/index.js';
import { identityProblems } from '../identity.problems.js';
import { refuseGreaterRoles } from '../members/greater-roles.js';
import { MembersService } from '../members/members.service.js';
import type { Principal } from '../principal.js';
import { UsersService } from '../users/users.service.js';
import { invitationMail } from './invitation-mail.js';
import { issueToken } from './invitation-token.js';
import type { CreateInvitationDto, InvitationDto } from './invitations.dto.js';
import { invitations } from './invitations.schema.js';

const { id, email, role, invitedBy, expiresAt, createdAt } = invitations;
/** Nothing marks an invitation at the moment it expires: that is read from the clock. */
const status = sql<string>`case when ${invitations.status} = 'pending' and ${expiresAt} <= now() then 'expired' else ${invitations.status} end`;
const COLUMNS = { id, email, role, invitedBy, status, expiresAt, createdAt };
const VERSIONED = { ...COLUMNS, etag: rowVersion(invitations) };

const IN_SEVEN_DAYS = sql`now() + interval '7 days'`;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The invitations of the calling tenant. Accepting one is the invited person's, see `accept-invitation.service.ts`. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly users: UsersService,
    private readonly members: MembersService,
    private readonly outbox: MailOutbox,
    private readonly audit: AuditLog,
    private readonly context: TenantContext,
    private readonly tenants: TenantDirectory,
    private readonly config: Config,
  ) {}

  async list(query: PageQuery): Promise<Page<InvitationDto>> {
    const after = positionOf('invitations', query);
    const rows = await this.db
      .select(COLUMNS)
      .from(invitations)
      .where(and(isNull(invitations.deletedAt), after === undefined ? undefined : lt(id, after)))
      .orderBy(desc(id))
      .limit(query.limit + 1);
    return pageOf('invitations', query, rows);
  }

  async get(invitationId: string): Promise<InvitationDto> {
    const [row] = await this.db.select(VERSIONED).from(invitations).where(live(invitationId));
    if (!row) throw identityProblems.invitationNotFound();
    return withETag(row);
  }

  /** Answers and does the same whether the address is known to the platform or not. */
  async create(dto: CreateInvitationDto, by: Principal): Promise<InvitationDto> {
    refuseGreaterRoles(by, [dto.role]);
    const known = await this.users.findByEmail(dto.email);
    if (await this.members.isMember(known?.id ?? NOBODY)) throw identityProblems.alreadyMember();
    await this.closeExpired(dto.email);
    const { token, digest } = issueToken();
    const { tenantId, actor } = this.context.current;
    const values = {
      ...dto,
      tenantId,
      id: newId(),
      invitedBy: actor.id,
      tokenDigest: digest,
      expiresAt: IN_SEVEN_DAYS,
    };
    const [row] = await this.db
      .insert(invitations)
      .values(values)
      .returning(VERSIONED)
      .catch((error: unknown) => {
        throw isViolationOf(error, 'invitations_pending') ? identityProblems.invitationExists() : error;
      });
    await this.send(dto.email, token);
    await this.record('create', values.id, { ...dto });
    return withETag(row!);
  }

  /** A new token for seven more days; the one in the mail before ends. */
  async resend(invitationId: string): Promise<InvitationDto> {
    await this.lockPending(invitationId, Precondition.NONE);
    const { token, digest } = issueToken();
    const [row] = await this.db
      .update(invitations)
      .set({ tokenDigest: digest, expiresAt: IN_SEVEN_DAYS })
      .where(live(invitationId))
      .returning(VERSIONED);
    await this.send(row!.email, token);
    await this.record('resend', invitationId);
    return withETag(row!);
  }

  async revoke(invitationId: string, ifMatch: Precondition): Promise<void> {
    await this.lockPending(invitationId, ifMatch);
    await this.db.update(invitations).set({ status: 'revoked' }).where(live(invitationId));
    await this.record('revoke', invitationId);
  }

  /** Against whoever accepts it at the same moment. An expired one is still pending: it can be sent again. */
  private async lockPending(invitationId: string, ifMatch: Precondition): Promise<void> {
    const [row] = await this.db
      .select({ status: invitations.status, etag: rowVersion(invitations) })
      .from(invitations)
      .where(live(invitationId))
      .for('update');
    if (!row) throw identityProblems.invitationNotFound();
    ifMatch.refuseStale(row);
    if (row.status !== 'pending') throw identityProblems.invitationClosed(row.status);
  }

  /** An expired one must not stand in the way of a new one. */
  private async closeExpired(address: string): Promise<void> {
    await this.db
      .update(invitations)
      .set({ status: 'expired' })
      .where(
        and(
          sql`lower(${email}) = lower(${address})`,
          eq(invitations.status, 'pending'),
          sql`${expiresAt} <= now()`,
        ),
      );
  }

  private async send(to: string, token: string): Promise<void> {
    const tenant = await this.tenants.find(this.context.current.tenantId);
    await this.outbox.queue(invitationMail(to, tenant!.name, this.config.mail.appUrl, token));
  }

  private record(verb: string, entityId: string, newValues?: Record<string, unknown>): Promise<void> {
    return this.audit.record({
      action: `invitations.${verb}`,
      entityType: 'invitation',
      entityId,
      ...(newValues && { newValues }),
    });
  }
}

const live = (invitationId: string) => and(eq(id, invitationId), isNull(invitations.deletedAt));
