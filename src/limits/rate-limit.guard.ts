import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TenantDirectory, tenancyProblems } from '../tenancy/index.js';
import { clientNetwork } from './client-network.js';
import { standingHeader } from './rate-limit-headers.js';
import { RateLimits, type Turn } from './rate-limits.js';
import { Refusals } from './refusals.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** A digest that names the person who signed in but acts in no tenant; put here by the authentication guard. */
    personOutside?: string;
  }
}

const LIMITED_VISITORS = 'rowhouse:limited-visitors';

/** A public route that leads to a tenant's data: each client address may call it so often, before the database is asked. */
export const LimitVisitors = () => SetMetadata(LIMITED_VISITORS, true);

/** How often may they: runs behind the guard that found out who calls, and before any tenant connection is taken. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly directory: TenantDirectory,
    private readonly limits: RateLimits,
    private readonly refusals: Refusals,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const isVisit = this.isLimitedVisit(context);
    const turn = await this.turnOf(request, isVisit);
    if (!turn) return true;
    const reply = http.getResponse<FastifyReply>();
    reply.header('ratelimit-policy', turn.policies).header('ratelimit', standingHeader(turn.counts));
    const refused = turn.counts.find(({ isRefused }) => isRefused);
    if (!refused) return true;
    request.body = undefined; // nobody will read what a held refusal would keep
    return this.refusals.refuse(isVisit ? 'visitor' : refused.policy, refused.resetMs);
  }

  private isLimitedVisit(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    return this.reflector.getAllAndOverride<true | undefined>(LIMITED_VISITORS, targets) ?? false;
  }

  /** Undefined: a public route that anybody may call as often as they like, or no limits. */
  private async turnOf(
    { tenantContext, personOutside, ip }: FastifyRequest,
    isVisit: boolean,
  ): Promise<Turn | undefined> {
    if (isVisit) return this.limits.takeOutside(`address:${clientNetwork(ip)}`);
    if (!tenantContext)
      return personOutside === undefined ? undefined : this.limits.takeOutside(`person:${personOutside}`);
    const { tenantId, actor } = tenantContext;
    const tenant = await this.directory.find(tenantId);
    if (!tenant) throw tenancyProblems.tenantNotFound(); // deleted in the meantime
    return this.limits.take(tenant.plan, tenantId, actor.id);
  }
}
