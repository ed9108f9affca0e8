import { createHash } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem, ROUTE_ACCESS, type RouteAccess } from '../../http/index.js';
import { SignInFailures } from '../../limits/index.js';
import { TenantDirectory, tenancyProblems } from '../../tenancy/index.js';
import { isApiKey } from '../api-keys/api-key-secret.js';
import { identityProblems } from '../identity.problems.js';
import { type Principal, holdsScope } from '../principal.js';
import { ApiKeyAuthenticator } from './api-key.authenticator.js';
import { type NoTenant, PersonAuthenticator } from './person.authenticator.js';

/** Who calls, in which tenant, and may they: decided before any tenant connection is taken. Default is deny. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly apiKeys: ApiKeyAuthenticator,
    private readonly people: PersonAuthenticator,
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
    if (!access) return false; // cannot happen: such a route stops the start
    if (typeof principal === 'string') return admitWithoutTenant(access, request, principal);
    if (access.kind === 'signed_in' && request.person && !(await this.isActive(principal, request)))
      return admitWithoutTenant(access, request, 'none');
    await this.refuseInactiveTenant(principal);
    if (access.kind === 'scope' && !holdsScope(principal, access.scope))
      throw identityProblems.scopeMissing(access.scope);
    admit(request, principal);
    return true;
  }

  private async authenticate(request: FastifyRequest): Promise<Principal | NoTenant> {
    const credential = bearerCredential(request.headers.authorization);
    try {
      return await this.verify(credential, request);
    } catch (error) {
      if (error instanceof Problem && error.status === 401) await this.failures.note(request.ip);
      throw error;
    }
  }

  private async verify(credential: string, request: FastifyRequest): Promise<Principal | NoTenant> {
    const wanted = request.headers['x-tenant'] as string | undefined;
    if (isApiKey(credential)) {
      const principal = await this.apiKeys.authenticate(credential, request.ip);
      await this.refuseForeignTenant(wanted, principal);
      return principal;
    }
    const { person, principal } = await this.people.authenticate(credential, wanted);
    request.person = person;
    return principal;
  }

  /** Their only tenant being suspended does not keep people from joining another; one that they name is refused. */
  private async isActive({ tenantId }: Principal, { headers }: FastifyRequest): Promise<boolean> {
    if (headers['x-tenant'] !== undefined) return true;
    return (await this.directory.find(tenantId))?.status === 'active';
  }

  private async refuseInactiveTenant({ tenantId }: Principal): Promise<void> {
    const tenant = await this.directory.find(tenantId);
    if (!tenant) throw identityProblems.credentialInvalid();
    if (tenant.status === 'suspended') throw tenancyProblems.tenantSuspended();
    if (tenant.status !== 'active') throw tenancyProblems.tenantNotActive(tenant.status);
  }

  /** `X-Tenant` chooses among the caller's tenants; a key has one. Another tenant and none at all answer alike. */
  private async refuseForeignTenant(wanted: string | undefined, { tenantId }: Principal): Promise<void> {
    if (wanted === undefined || wanted === tenantId) return;
    const tenant = await this.directory.find(tenantId);
    if (wanted !== tenant?.slug) throw tenancyProblems.tenantNotFound();
  }
}

function admitWithoutTenant(access: RouteAccess, request: FastifyRequest, reason: NoTenant): boolean {
  // A tenant that the header names must be theirs; the organization of a token may be one they are about to join.
  const isNamed = reason === 'not found' && request.headers['x-tenant'] !== undefined;
  if (access.kind === 'signed_in' && !isNamed) {
    const { issuer, subject } = request.person!.claims;
    request.personOutside = createHash('sha256').update(`${issuer}\n${subject}`).digest('base64url');
    return true;
  }
  if (reason === 'not found') throw tenancyProblems.tenantNotFound();
  throw reason === 'none' ? identityProblems.notAMember() : identityProblems.tenantRequired();
}

function admit(request: FastifyRequest, principal: Principal): void {
  request.principal = principal;
  request.tenantContext = {
    tenantId: principal.tenantId,
    actor: { type: principal.kind, id: principal.id },
    requestId: request.id,
    ip: request.ip,
  };
}

function bearerCredential(header: string | undefined): string {
  // Another scheme, or a bare key, is as good as nothing: what helps is to be told how it is sent.
  if (!/^bearer +/i.test(header ?? '')) throw identityProblems.credentialMissing();
  const [, credential] = /^bearer +(\S+)$/i.exec(header ?? '') ?? [];
  if (credential === undefined) throw identityProblems.credentialInvalid();
  return credential;
}
