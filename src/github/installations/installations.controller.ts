import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiETag,
  ApiPage,
  IdParam,
  IfMatch,
  type Page,
  PageQuery,
  type Precondition,
  Problems,
  RequireScope,
  httpProblems,
} from '../../http/index.js';
import { Repeatable, RequireFeature, Transactionless } from '../../tenancy/index.js';
import { githubProblems } from '../github.problems.js';
import { InstallationDto, RepositoryDto, SyncDto } from './installations.dto.js';
import { InstallationsService } from './installations.service.js';
import { Sync } from './sync.service.js';

/** The GitHub App installations that the calling tenant has connected. */
@ApiTags('GitHub')
@Controller('v1/github/installations')
@RequireFeature('github')
export class InstallationsController {
  constructor(
    private readonly installations: InstallationsService,
    private readonly sync: Sync,
  ) {}

  /** List your installations, newest first */
  @Get()
  @RequireScope('github:read')
  @ApiPage(InstallationDto)
  list(@Query() query: PageQuery): Promise<Page<InstallationDto>> {
    return this.installations.list(query);
  }

  /** Read one installation */
  @Get(':id')
  @RequireScope('github:read')
  @ApiETag()
  @Problems(githubProblems.installationNotFound)
  get(@Param() { id }: IdParam): Promise<InstallationDto> {
    return this.installations.get(id);
  }

  /** List the repositories that an installation has access to */
  @Get(':id/repositories')
  @RequireScope('github:read')
  @ApiPage(RepositoryDto)
  @Problems(githubProblems.installationNotFound)
  repositories(@Param() { id }: IdParam, @Query() query: PageQuery): Promise<Page<RepositoryDto>> {
    return this.installations.repositories(id, query);
  }

  /** Ask GitHub what the installation and its repositories are now, for events that never came */
  @Post(':id/sync')
  @HttpCode(200)
  @RequireScope('github:write')
  @Transactionless()
  @Repeatable()
  @Problems(
    githubProblems.installationNotFound,
    githubProblems.installationPending,
    githubProblems.installationGone,
    httpProblems.transactionConflict,
    githubProblems.notConfigured,
    githubProblems.unavailable,
    githubProblems.limited,
    githubProblems.appRefused,
  )
  synchronize(@Param() { id }: IdParam): Promise<SyncDto> {
    return this.sync.run(id);
  }

  /** Disconnect an installation: its history stays, and another tenant may connect it */
  @Delete(':id')
  @HttpCode(204)
  @RequireScope('github:write')
  @Problems(githubProblems.installationNotFound)
  disconnect(@Param() { id }: IdParam, @IfMatch() ifMatch: Precondition): Promise<void> {
    return this.installations.disconnect(id, ifMatch);
  }
}
