import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TenantDirectory } from '../tenancy/index.js';
import { standingHeader } from './rate-limit-headers.js';
import { RateLimits } from './rate-limits.js';
import { Refusals } from './refusals.js';

/** How often may they: runs behind the guard that found out who calls, and before any tenant connection is taken. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly directory: TenantDirectory,
    private readonly limits: RateLimits,
    private readonly refusals: Refusals,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const { tenantContext } = http.getRequest<FastifyRequest>();
    if (!tenantContext) return true; // a public route
    const { tenantId, actor } = tenantContext;
    const tenant = await this.directory.find(tenantId);
    if (!tenant) return false; // deleted in the meantime
    const turn = await this.limits.take(tenant.plan, tenantId, actor.id);
    if (!turn) return true;
    const reply = http.getResponse<FastifyReply>();
    reply.header('ratelimit-policy', turn.policies).header('ratelimit', standingHeader(turn.counts));
    const refused = turn.counts.find(({ isRefused }) => isRefused);
    return refused ? this.refusals.refuse(refused.policy, refused.resetMs) : true;
  }
}
