import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Produces, RequireScope, Svg } from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { BadgeParams } from './badges.dto.js';
import { BadgesService } from './badges.service.js';

/** A browser need not ask again before. */
const MAX_AGE_S = 60;

@ApiTags('Statistics')
@Controller('v1/badges')
@RequireFeature('contracts')
export class BadgesController {
  constructor(private readonly badges: BadgesService) {}

  /** The newest result between two services, as a picture */
  @Get(':consumer/:provider')
  @RequireScope('contracts:read')
  @Produces('image/svg+xml')
  @ApiOkResponse({
    description: 'Grey where nothing was verified, or there is no such service: a page shows it either way.',
    headers: { ETag: { description: 'For `If-None-Match`', schema: { type: 'string' } } },
    content: { 'image/svg+xml': { schema: { type: 'string' } } },
  })
  @ApiResponse({ status: 304, description: 'Not changed since' })
  async draw(@Param() { consumer, provider }: BadgeParams): Promise<Svg> {
    const text = await this.badges.draw(consumer, provider);
    return new Svg(() => text, MAX_AGE_S);
  }
}
