import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiETag,
  ApiPage,
  IdParam,
  IfMatch,
  type Page,
  type Precondition,
  Problems,
  RequireScope,
} from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { catalogueProblems } from '../catalogue.problems.js';
import { CreateProjectDto, ProjectDto, ProjectsQuery, UpdateProjectDto } from './projects.dto.js';
import { ProjectsService } from './projects.service.js';

/** What is done for a customer. */
@ApiTags('Projects')
@Controller('v1/projects')
@RequireFeature('quoting')
export class ProjectsController {
  constructor(private readonly projects: ProjectsService) {}

  /** List your projects, newest first */
  @Get()
  @RequireScope('projects:read')
  @ApiPage(ProjectDto)
  list(@Query() query: ProjectsQuery): Promise<Page<ProjectDto>> {
    return this.projects.list(query);
  }

  /** Read one project */
  @Get(':id')
  @RequireScope('projects:read')
  @ApiETag()
  @Problems(catalogueProblems.projectNotFound)
  get(@Param() { id }: IdParam): Promise<ProjectDto> {
    return this.projects.get(id);
  }

  /** Make a project of a customer */
  @Post()
  @RequireScope('projects:write')
  @ApiETag()
  @Problems(
    catalogueProblems.customerNotFound,
    catalogueProblems.projectExists,
    catalogueProblems.ownerNotMember,
    catalogueProblems.periodReversed,
  )
  create(@Body() dto: CreateProjectDto): Promise<ProjectDto> {
    return this.projects.create(dto);
  }

  /** Change a project */
  @Patch(':id')
  @RequireScope('projects:write')
  @ApiETag()
  @Problems(
    catalogueProblems.projectNotFound,
    catalogueProblems.projectExists,
    catalogueProblems.ownerNotMember,
    catalogueProblems.periodReversed,
  )
  update(
    @Param() { id }: IdParam,
    @Body() dto: UpdateProjectDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<ProjectDto> {
    return this.projects.update(id, dto, ifMatch);
  }

  /** Remove a project that no quote refers to */
  @Delete(':id')
  @HttpCode(204)
  @RequireScope('projects:write')
  @Problems(catalogueProblems.projectNotFound, catalogueProblems.projectHasQuotes)
  remove(@Param() { id }: IdParam, @IfMatch() ifMatch: Precondition): Promise<void> {
    return this.projects.remove(id, ifMatch);
  }
}
