import { Injectable } from '@nestjs/common';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { ControlDatabase, Transactions } from '../../database/index.js';
import { AuditLog, type TenantDto, TenantsService, tenancyProblems } from '../../tenancy/index.js';
import type { TokenClaims } from '../authentication/claims.js';
import { identityProblems } from '../identity.problems.js';
import { MembershipsService } from '../members/memberships.service.js';
import { UsersService } from '../users/users.service.js';
import { digestOf } from './invitation-token.js';
import type { AcceptedInvitationDto } from './invitations.dto.js';
import { invitations } from './invitations.schema.js';

interface Origin {
  requestId: string;
  ip: string;
}

/**
 * The invited person joins the tenant. Whoever holds the token was sent the mail: that proves the address, and the sign-in
 * who they are. All in one transaction on the control plane, since they are in no tenant yet.
 */
@Injectable()
export class AcceptInvitationService {
  constructor(
    private readonly db: ControlDatabase,
    private readonly transactions: Transactions,
    private readonly users: UsersService,
    private readonly tenants: TenantsService,
    private readonly audit: AuditLog,
    private readonly memberships: MembershipsService,
  ) {}

  /** The same person may send it again and gets the same answer. */
  accept(token: string, claims: TokenClaims, origin: Origin): Promise<AcceptedInvitationDto> {
    return this.transactions.withControl({ access: 'write' }, async () => {
      const invitation = await this.lock(token);
      const tenant = await this.activeTenant(invitation.tenantId);
      const userId = await this.users.signUp(claims, invitation.email);
      const accepted = {
        tenant: { id: tenant.id, slug: tenant.slug, name: tenant.name },
        role: invitation.role,
        userId,
      };
      const isTheirs = invitation.status === 'accepted' && invitation.acceptedBy === userId;
      if (isTheirs && (await this.memberships.has(tenant.id, userId))) return accepted;
      if (invitation.status !== 'pending') throw identityProblems.invitationClosed(invitation.status);
      if (invitation.isExpired) throw identityProblems.invitationExpired();
      await this.join(invitation, userId);
      await this.audit.recordIn(
        { tenantId: tenant.id, actor: { type: 'user', id: userId }, ...origin },
        {
          action: 'invitations.accept',
          entityType: 'invitation',
          entityId: invitation.id,
          newValues: { userId, role: invitation.role },
        },
      );
      return accepted;
    });
  }

  /** Two that accept at once take turns. */
  private async lock(token: string) {
    const { tenantId, id, email, role, status, acceptedBy, expiresAt } = invitations;
    const isExpired = sql<boolean>`${expiresAt} <= now()`;
    const [row] = await this.db
      .select({ tenantId, id, email, role, status, acceptedBy, isExpired })
      .from(invitations)
      .where(and(eq(invitations.tokenDigest, digestOf(token)), isNull(invitations.deletedAt)))
      .for('update');
    if (!row) throw identityProblems.invitationNotFound();
    return row;
  }

  /** Read here rather than in the directory, which would take a second connection while this one is held. */
  private async activeTenant(id: string): Promise<TenantDto> {
    const tenant = await this.tenants.get(id);
    if (tenant.status === 'suspended') throw tenancyProblems.tenantSuspended();
    if (tenant.status !== 'active') throw tenancyProblems.tenantNotActive(tenant.status);
    return tenant;
  }

  private async join(
    { tenantId, id, role }: Pick<typeof invitations.$inferSelect, 'tenantId' | 'id' | 'role'>,
    userId: string,
  ): Promise<void> {
    await this.memberships.add(tenantId, userId, role);
    await this.db
      .update(invitations)
      .set({ status: 'accepted', acceptedBy: userId })
      .where(and(eq(invitations.tenantId, tenantId), eq(invitations.id, id)));
  }
}
