import { Injectable } from '@nestjs/common';
import { TenantDirectory } from '../../tenancy/index.js';
import { PeopleDirectory } from '../people.directory.js';
import type { Principal, SignedInPerson } from '../principal.js';
import { scopesOf } from '../roles.js';
import { chooseTenant } from './choose-tenant.js';
import { TokenAuthenticator } from './token.authenticator.js';

/** Why a person acts in no tenant: the one that was named is not theirs, they are in none, or named none of several. */
export type NoTenant = 'not found' | 'none' | 'several';

export interface Authenticated {
  person: SignedInPerson;
  /** In the tenant they act in; else why in none. */
  principal: Principal | NoTenant;
}

/** Turns a token (JWT) into a person, and into a principal of the tenant they act in. Uses the control pool only. */
@Injectable()
export class PersonAuthenticator {
  constructor(
    private readonly tokens: TokenAuthenticator,
    private readonly people: PeopleDirectory,
    private readonly tenants: TenantDirectory,
  ) {}

  /** `wanted`: the header `X-Tenant`, a slug or an id. */
  async authenticate(token: string, wanted: string | undefined): Promise<Authenticated> {
    const claims = await this.tokens.authenticate(token);
    const user = await this.people.find(claims.issuer, claims.subject);
    const person = { claims, user };
    const memberships = user ? await this.people.membershipsOf(user.id) : [];
    const { issuer, organization } = claims;
    const choice = chooseTenant({
      memberships,
      ...(organization !== undefined && {
        boundTo: { tenantId: await this.people.tenantOf(issuer, organization) },
      }),
      ...(wanted !== undefined && { wanted: { tenantId: await this.named(wanted, memberships) } }),
    });
    if (typeof choice === 'string') return { person, principal: choice };
    const { role } = memberships.find(({ tenantId }) => tenantId === choice.tenantId)!;
    const { tenantId } = choice;
    return {
      person,
      principal: { kind: 'user', ...user!, tenantId, role, scopes: scopesOf(role, tenantId) },
    };
  }

  /** Which of their tenants has this slug or id. */
  private async named(
    wanted: string,
    memberships: readonly { tenantId: string }[],
  ): Promise<string | undefined> {
    const mine = await Promise.all(memberships.map(({ tenantId }) => this.tenants.find(tenantId)));
    return mine.find((tenant) => tenant?.id === wanted || tenant?.slug === wanted)?.id;
  }
}
