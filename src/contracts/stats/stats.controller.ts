import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Problems, RequireScope } from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { NameParam } from '../names.js';
import { InteractionStatsDto, StatsDto, StatsPeriodQuery } from './stats.dto.js';
import { StatsService } from './stats.service.js';

@ApiTags('Statistics')
@Controller('v1')
@RequireFeature('contracts')
export class StatsController {
  constructor(private readonly stats: StatsService) {}

  /** How much there is, what waits, and how the services stand */
  @Get('stats')
  @RequireScope('contracts:read')
  overview(): Promise<StatsDto> {
    return this.stats.overview();
  }

  /** Who asked a service how often, and how long it took */
  @Get('services/:name/interactions/stats')
  @RequireScope('contracts:read')
  @Problems(contractsProblems.serviceNotFound)
  ofProvider(
    @Param() { name }: NameParam,
    @Query() { days }: StatsPeriodQuery,
  ): Promise<InteractionStatsDto> {
    return this.stats.ofProvider(name, days);
  }
}
