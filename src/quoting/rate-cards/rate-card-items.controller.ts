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
  CreateRateCardItemDto,
  RateCardItemDto,
  RateCardItemParams,
  RateCardItemsQuery,
  UpdateRateCardItemDto,
} from './rate-card-items.dto.js';
import { RateCardItemsService } from './rate-card-items.service.js';

const { rateCardNotFound, rateCardItemNotFound, rateCardItemExists, periodReversed } = catalogueProblems;
const { serviceCategoryNotFound } = catalogueProblems;

/** The rates of a rate card. */
@ApiTags('Rate cards')
@Controller('v1/rate-cards/:id/items')
@RequireFeature('quoting')
export class RateCardItemsController {
  constructor(private readonly items: RateCardItemsService) {}

  /** List the items of a rate card, in their order */
  @Get()
  @RequireScope('rate-cards:read')
  @ApiPage(RateCardItemDto)
  @Problems(rateCardNotFound)
  list(@Param() { id }: IdParam, @Query() query: RateCardItemsQuery): Promise<Page<RateCardItemDto>> {
    return this.items.list(id, query);
  }

  /** Read one item */
  @Get(':itemId')
  @RequireScope('rate-cards:read')
  @ApiETag()
  @Problems(rateCardNotFound, rateCardItemNotFound)
  get(@Param() params: RateCardItemParams): Promise<RateCardItemDto> {
    return this.items.get(params);
  }

  /** Add an item to a rate card */
  @Post()
  @RequireScope('rate-cards:write')
  @ApiETag()
  @Problems(rateCardNotFound, serviceCategoryNotFound, rateCardItemExists, periodReversed)
  create(@Param() { id }: IdParam, @Body() dto: CreateRateCardItemDto): Promise<RateCardItemDto> {
    return this.items.create(id, dto);
  }

  /** Change an item; quotes keep the prices they have from it */
  @Patch(':itemId')
  @RequireScope('rate-cards:write')
  @ApiETag()
  @Problems(
    rateCardNotFound,
    rateCardItemNotFound,
    serviceCategoryNotFound,
    rateCardItemExists,
    periodReversed,
  )
  update(
    @Param() params: RateCardItemParams,
    @Body() dto: UpdateRateCardItemDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<RateCardItemDto> {
    return this.items.update(params, dto, ifMatch);
  }

  /** Remove an item; quotes keep the prices they have from it */
  @Delete(':itemId')
  @HttpCode(204)
  @RequireScope('rate-cards:write')
  @Problems(rateCardNotFound, rateCardItemNotFound)
  remove(@Param() params: RateCardItemParams, @IfMatch() ifMatch: Precondition): Promise<void> {
    return this.items.remove(params, ifMatch);
  }
}
