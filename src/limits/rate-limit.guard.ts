import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TenantDirectory, tenancyProblems } from '../tenancy/index.js';
import { standingHeader } from './rate-limit-headers.js';
import { RateLimits, type Turn } from './rate-limits.js';
import { Refusals } from './refusals.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** A digest that names the person who signed in but acts in no tenant; put here by the authentication guard. */
    personOutside?: string;
  }
}

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
    const request = http.getRequest<FastifyRequest>();
    const turn = await this.turnOf(request);
    if (!turn) return true;
    const reply = http.getResponse<FastifyReply>();
    reply.header('ratelimit-policy', turn.policies).header('ratelimit', standingHeader(turn.counts));
    const refused = turn.counts.find(({ isRefused }) => isRefused);
    if (!refused) return true;
    request.body = undefined; // nobody will read what a held refusal would keep
    return this.refusals.refuse(refused.policy, refused.resetMs);
  }

  /** Undefined: a public route, or no limits. */
  private async turnOf({ tenantContext, personOutside }: FastifyRequest): Promise<Turn | undefined> {
    if (!tenantContext)
      return personOutside === undefined ? undefined : this.limits.takeOutside(personOutside);
    const { tenantId, actor } = tenantContext;
    const tenant = await this.directory.find(tenantId);
    if (!tenant) throw tenancyProblems.tenantNotFound(); // deleted in the meantime
    return this.limits.take(tenant.plan, tenantId, actor.id);
  }
}
