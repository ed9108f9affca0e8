import { Controller, Get, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { SignedIn } from '../http/index.js';
import { TenantDirectory } from '../tenancy/index.js';
import { MeDto, type MeMembershipDto, type MePrincipalDto, type MeTenantDto } from './me.dto.js';
import { PeopleDirectory } from './people.directory.js';
import type { SignedInPerson } from './principal.js';

@ApiTags('Me')
@Controller('v1/me')
export class MeController {
  constructor(
    private readonly tenants: TenantDirectory,
    private readonly people: PeopleDirectory,
  ) {}

  /** Who am I, in which tenant, with which scopes */
  @Get()
  @SignedIn()
  async get(@Req() { principal, person }: FastifyRequest): Promise<MeDto> {
    return {
      principal: principal ? namesOf(principal) : inNoTenant(person!),
      tenant: principal ? await this.tenantOf(principal.tenantId) : null,
      scopes: [...(principal?.scopes ?? [])],
      memberships: person?.user ? await this.membershipsOf(person.user.id) : [],
    };
  }

  private async membershipsOf(userId: string): Promise<MeMembershipDto[]> {
    const memberships = await this.people.membershipsOf(userId);
    return Promise.all(
      memberships.map(async ({ tenantId, role }) => ({ tenant: await this.tenantOf(tenantId), role })),
    );
  }

  private async tenantOf(id: string): Promise<MeTenantDto> {
    const tenant = await this.tenants.find(id);
    return { id, slug: tenant!.slug, name: tenant!.name };
  }
}

const namesOf = ({ kind, id, name }: MePrincipalDto): MePrincipalDto => ({ kind, id, name });

/** A person who acts in no tenant, and may not be known yet. */
const inNoTenant = ({ user, claims }: SignedInPerson): MePrincipalDto => ({
  kind: 'user',
  id: user?.id ?? null,
  name: user?.name ?? claims.subject,
});
