import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../http/index.js';
import { TenantDirectory } from '../tenancy/index.js';
import { CurrentPrincipal } from './current-principal.js';
import { MeDto } from './me.dto.js';
import type { Principal } from './principal.js';

@ApiTags('Me')
@Controller('v1/me')
export class MeController {
  constructor(private readonly directory: TenantDirectory) {}

  /** Who am I, in which tenant, with which scopes */
  @Get()
  @Authenticated()
  async get(@CurrentPrincipal() { kind, id, name, tenantId, scopes }: Principal): Promise<MeDto> {
    const tenant = await this.directory.find(tenantId);
    return {
      principal: { kind, id, name },
      tenant: { id: tenantId, slug: tenant!.slug, name: tenant!.name },
      scopes: [...scopes],
    };
  }
}
