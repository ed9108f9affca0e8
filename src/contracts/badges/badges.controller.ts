import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Problems, RequireScope } from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { BadgeParams } from './badges.dto.js';
import { BadgesService } from './badges.service.js';

@ApiTags('Statistics')
@Controller('v1/badges')
@RequireFeature('contracts')
export class BadgesController {
  constructor(private readonly badges: BadgesService) {}

  /** The newest result between two services, as a picture */
  @Get(':consumer/:provider')
  @RequireScope('contracts:read')
  @Header('content-type', 'image/svg+xml')
  @Header('cache-control', 'private, max-age=60')
  @ApiOkResponse({ content: { 'image/svg+xml': { schema: { type: 'string' } } } })
  @Problems(contractsProblems.serviceNotFound)
  draw(@Param() { consumer, provider }: BadgeParams): Promise<string> {
    return this.badges.draw(consumer, provider);
  }
}
