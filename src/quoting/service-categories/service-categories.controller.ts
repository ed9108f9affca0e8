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
import {
  CreateServiceCategoryDto,
  ServiceCategoriesQuery,
  ServiceCategoryDto,
  UpdateServiceCategoryDto,
} from './service-categories.dto.js';
import { ServiceCategoriesService } from './service-categories.service.js';

/** Kinds of work, by which rates are found. */
@ApiTags('Rate cards')
@Controller('v1/service-categories')
@RequireFeature('quoting')
export class ServiceCategoriesController {
  constructor(private readonly categories: ServiceCategoriesService) {}

  /** List your service categories, newest first */
  @Get()
  @RequireScope('rate-cards:read')
  @ApiPage(ServiceCategoryDto)
  list(@Query() query: ServiceCategoriesQuery): Promise<Page<ServiceCategoryDto>> {
    return this.categories.list(query);
  }

  /** Read one service category */
  @Get(':id')
  @RequireScope('rate-cards:read')
  @ApiETag()
  @Problems(catalogueProblems.serviceCategoryNotFound)
  get(@Param() { id }: IdParam): Promise<ServiceCategoryDto> {
    return this.categories.get(id);
  }

  /** Make a service category */
  @Post()
  @RequireScope('rate-cards:write')
  @ApiETag()
  @Problems(catalogueProblems.serviceCategoryExists)
  create(@Body() dto: CreateServiceCategoryDto): Promise<ServiceCategoryDto> {
    return this.categories.create(dto);
  }

  /** Change a service category */
  @Patch(':id')
  @RequireScope('rate-cards:write')
  @ApiETag()
  @Problems(catalogueProblems.serviceCategoryNotFound, catalogueProblems.serviceCategoryExists)
  update(
    @Param() { id }: IdParam,
    @Body() dto: UpdateServiceCategoryDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<ServiceCategoryDto> {
    return this.categories.update(id, dto, ifMatch);
  }

  /** Remove a service category that no rate is for */
  @Delete(':id')
  @HttpCode(204)
  @RequireScope('rate-cards:write')
  @Problems(catalogueProblems.serviceCategoryNotFound, catalogueProblems.serviceCategoryInUse)
  remove(@Param() { id }: IdParam, @IfMatch() ifMatch: Precondition): Promise<void> {
    return this.categories.remove(id, ifMatch);
  }
}
