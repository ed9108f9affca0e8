import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiETag,
  ApiPage,
  IfMatch,
  type Page,
  PageQuery,
  type Precondition,
  Problems,
  RequireScope,
} from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { NameParam } from '../names.js';
import { CreateEnvironmentDto, EnvironmentDto, UpdateEnvironmentDto } from './environments.dto.js';
import { EnvironmentsService } from './environments.service.js';

/** Where versions are deployed to. */
@ApiTags('Environments')
@Controller('v1/environments')
@RequireFeature('contracts')
export class EnvironmentsController {
  constructor(private readonly environments: EnvironmentsService) {}

  /** List your environments, newest first */
  @Get()
  @RequireScope('contracts:read')
  @ApiPage(EnvironmentDto)
  list(@Query() query: PageQuery): Promise<Page<EnvironmentDto>> {
    return this.environments.list(query);
  }

  /** Read one environment */
  @Get(':name')
  @RequireScope('contracts:read')
  @ApiETag()
  @Problems(contractsProblems.environmentNotFound)
  get(@Param() { name }: NameParam): Promise<EnvironmentDto> {
    return this.environments.get(name);
  }

  /** Make an environment */
  @Post()
  @RequireScope('contracts:write')
  @ApiETag()
  @Problems(contractsProblems.environmentExists)
  create(@Body() dto: CreateEnvironmentDto): Promise<EnvironmentDto> {
    return this.environments.create(dto);
  }

  /** Change an environment */
  @Patch(':name')
  @RequireScope('contracts:write')
  @ApiETag()
  @Problems(contractsProblems.environmentNotFound)
  update(
    @Param() { name }: NameParam,
    @Body() dto: UpdateEnvironmentDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<EnvironmentDto> {
    return this.environments.update(name, dto, ifMatch);
  }

  /** Remove an environment that nothing is deployed to */
  @Delete(':name')
  @HttpCode(204)
  @RequireScope('contracts:write')
  @Problems(contractsProblems.environmentNotFound, contractsProblems.environmentInUse)
  remove(@Param() { name }: NameParam, @IfMatch() ifMatch: Precondition): Promise<void> {
    return this.environments.remove(name, ifMatch);
  }
}
