import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiETag,
  ApiPage,
  IdParam,
  IfMatch,
  type Page,
  PageQuery,
  Precondition,
  Problems,
  RequireScope,
} from '../../http/index.js';
import { RequireFeature } from '../features/require-feature.decorator.js';
import { Repeatable } from '../idempotency/idempotency-openapi.js';
import { tenancyProblems } from '../tenancy.problems.js';
import { ControlPlane, Transactionless } from '../transaction.decorators.js';
import { CreateDomainDto, DomainDto, VerifiedDomainDto } from './domains.dto.js';
import { DomainsService } from './domains.service.js';

/** A tenant that loses the feature still sees its domains, and can give them up. */
@ApiTags('Tenant')
@RequireScope('tenant:admin')
@Controller('v1/tenant/domains')
export class DomainsController {
  constructor(private readonly domains: DomainsService) {}

  /** List your domains, newest first */
  @Get()
  @ControlPlane()
  @ApiPage(DomainDto)
  list(@Query() query: PageQuery): Promise<Page<DomainDto>> {
    return this.domains.list(query);
  }

  /** Read one domain */
  @Get(':id')
  @ControlPlane()
  @ApiETag()
  @Problems(tenancyProblems.domainNotFound)
  get(@Param() { id }: IdParam): Promise<DomainDto> {
    return this.domains.get(id);
  }

  /** Claim a domain; the answer says which DNS record verifies it */
  @Post()
  @ControlPlane()
  @RequireFeature('custom_domains')
  @ApiETag()
  @Problems(tenancyProblems.domainExists)
  create(@Body() { domain }: CreateDomainDto): Promise<DomainDto> {
    return this.domains.create(domain);
  }

  /** Look for the DNS record now: the domain becomes `verified`, or `failed`, also where it was verified before */
  @Post(':id/verify')
  @HttpCode(200)
  @ApiETag()
  @Transactionless()
  @Repeatable()
  @RequireFeature('custom_domains')
  @Problems(tenancyProblems.domainNotFound, tenancyProblems.domainTaken, tenancyProblems.dnsUnavailable)
  verify(@Param() { id }: IdParam): Promise<VerifiedDomainDto> {
    return this.domains.verify(id);
  }

  /** Give up a domain: another tenant may verify it then */
  @Delete(':id')
  @HttpCode(204)
  @ControlPlane()
  @Problems(tenancyProblems.domainNotFound)
  remove(@Param() { id }: IdParam, @IfMatch() ifMatch: Precondition): Promise<void> {
    return this.domains.remove(id, ifMatch);
  }
}
