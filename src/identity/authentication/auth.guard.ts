import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem, ROUTE_ACCESS, type RouteAccess } from '../../http/index.js';
import { SignInFailures } from '../../limits/index.js';
import { TenantDirectory, type TenantEntry, tenancyProblems } from '../../tenancy/index.js';
import { identityProblems } from '../identity.problems.js';
import { type Principal, holdsScope } from '../principal.js';
import { ApiKeyAuthenticator } from './api-key.authenticator.js';

/** Who calls, in which tenant, and may they: decided before any tenant connection is taken. Default is deny. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly apiKeys: ApiKeyAuthenticator,
    private readonly directory: TenantDirectory,
    private readonly failures: SignInFailures,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access?.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal = await this.authenticate(request);
    const tenant = await this.activeTenant(principal.tenantId);
    refuseForeignTenant(request.headers['x-tenant'], tenant);
    if (!access) return false; // cannot happen: such a route stops the start
    if (access.kind === 'scope' && !holdsScope(principal, access.scope))
      throw identityProblems.scopeMissing(access.scope);
    this.admit(request, principal);
    return true;
  }

  private async authenticate({ headers, ip }: FastifyRequest): Promise<Principal> {
    const token = bearerToken(headers.authorization);
    try {
      return await this.apiKeys.authenticate(token, ip);
    } catch (error) {
      if (error instanceof Problem && error.status === 401) await this.failures.note(ip);
      throw error;
    }
  }

  private async activeTenant(id: string): Promise<TenantEntry> {
    const tenant = await this.directory.find(id);
    if (!tenant) throw identityProblems.credentialInvalid();
    if (tenant.status === 'suspended') throw tenancyProblems.tenantSuspended();
    if (tenant.status !== 'active') throw tenancyProblems.tenantNotActive(tenant.status);
    return tenant;
  }

  private admit(request: FastifyRequest, principal: Principal): void {
    request.principal = principal;
    request.tenantContext = {
      tenantId: principal.tenantId,
      actor: { type: principal.kind, id: principal.id },
      requestId: request.id,
      ip: request.ip,
    };
  }
}

function bearerToken(header: string | undefined): string {
  if (header === undefined) throw identityProblems.credentialMissing();
  const [, token] = /^bearer +(\S+)$/i.exec(header) ?? [];
  if (token === undefined) throw identityProblems.credentialInvalid();
  return token;
}

/** `X-Tenant` chooses among the caller's tenants; a key has one. Another tenant and none at all answer alike. */
function refuseForeignTenant(header: string | string[] | undefined, tenant: TenantEntry): void {
  if (header !== undefined && header !== tenant.slug && header !== tenant.id)
    throw tenancyProblems.tenantNotFound();
}
