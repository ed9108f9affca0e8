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
import { CreateRateCardDto, RateCardDto, RateCardsQuery, UpdateRateCardDto } from './rate-cards.dto.js';
import { RateCardsService } from './rate-cards.service.js';

const { rateCardNotFound, rateCardExists, defaultRateCardTaken, periodReversed } = catalogueProblems;

/** What work costs, in a currency, for a time. */
@ApiTags('Rate cards')
@Controller('v1/rate-cards')
@RequireFeature('quoting')
export class RateCardsController {
  constructor(private readonly rateCards: RateCardsService) {}

  /** List your rate cards, newest first */
  @Get()
  @RequireScope('rate-cards:read')
  @ApiPage(RateCardDto)
  list(@Query() query: RateCardsQuery): Promise<Page<RateCardDto>> {
    return this.rateCards.list(query);
  }

  /** Read one rate card */
  @Get(':id')
  @RequireScope('rate-cards:read')
  @ApiETag()
  @Problems(rateCardNotFound)
  get(@Param() { id }: IdParam): Promise<RateCardDto> {
    return this.rateCards.get(id);
  }

  /** Make a rate card; a default one takes the place of the one before */
  @Post()
  @RequireScope('rate-cards:write')
  @ApiETag()
  @Problems(rateCardExists, defaultRateCardTaken, periodReversed)
  create(@Body() dto: CreateRateCardDto): Promise<RateCardDto> {
    return this.rateCards.create(dto);
  }

  /** Change a rate card */
  @Patch(':id')
  @RequireScope('rate-cards:write')
  @ApiETag()
  @Problems(rateCardNotFound, rateCardExists, defaultRateCardTaken, periodReversed)
  update(
    @Param() { id }: IdParam,
    @Body() dto: UpdateRateCardDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<RateCardDto> {
    return this.rateCards.update(id, dto, ifMatch);
  }

  /** Remove a rate card; quotes keep the prices they have from it */
  @Delete(':id')
  @HttpCode(204)
  @RequireScope('rate-cards:write')
  @Problems(rateCardNotFound)
  remove(@Param() { id }: IdParam, @IfMatch() ifMatch: Precondition): Promise<void> {
    return this.rateCards.remove(id, ifMatch);
  }
}
