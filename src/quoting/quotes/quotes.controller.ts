import { Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiETag,
  ApiPage,
  BodyLimit,
  IdParam,
  IfMatch,
  type Page,
  type Precondition,
  Problems,
  RequireScope,
  SentBody,
} from '../../http/index.js';
import { CurrentPrincipal, type Principal } from '../../identity/index.js';
import { Repeatable, RequireFeature } from '../../tenancy/index.js';
import { catalogueProblems } from '../catalogue.problems.js';
import { quotingProblems } from '../quoting.problems.js';
import { LINES_LIMIT_BYTES } from './lines-limit.js';
import { QuoteList } from './quote-list.service.js';
import { QuotePreview } from './quote-preview.service.js';
import { QuoteDto, QuotePreviewDto, QuoteSummaryDto } from './quote-answers.dto.js';
import { CreateQuoteDto, PreviewQuoteDto, QuotesQuery, UpdateQuoteDto } from './quotes.dto.js';
import { QuotesService } from './quotes.service.js';

/** Offers to customers. */
@ApiTags('Quotes')
@Controller('v1/quotes')
@RequireFeature('quoting')
export class QuotesController {
  constructor(
    private readonly quotes: QuotesService,
    private readonly quoteList: QuoteList,
    private readonly previews: QuotePreview,
  ) {}

  /** List quotes, newest first */
  @Get()
  @RequireScope('quotes:read')
  @ApiPage(QuoteSummaryDto)
  list(@Query() query: QuotesQuery): Promise<Page<QuoteSummaryDto>> {
    return this.quoteList.list(query);
  }

  /** Read one quote, with its lines */
  @Get(':id')
  @RequireScope('quotes:read')
  @ApiETag()
  @Problems(quotingProblems.quoteNotFound)
  get(@Param() { id }: IdParam): Promise<QuoteDto> {
    return this.quotes.get(id);
  }

  /** Make a quote, with or without lines: a draft */
  @Post()
  @RequireScope('quotes:write')
  @BodyLimit(LINES_LIMIT_BYTES)
  @ApiETag()
  @Problems(
    catalogueProblems.customerNotFound,
    catalogueProblems.projectNotFound,
    quotingProblems.validityOrder,
    quotingProblems.priceOverrideNotAllowed,
    quotingProblems.rateNotFound,
    quotingProblems.lineCategoryUnknown,
    quotingProblems.taxRateMissing,
    quotingProblems.pricingRefused,
  )
  create(
    @SentBody(CreateQuoteDto) dto: CreateQuoteDto,
    @CurrentPrincipal() by: Principal,
  ): Promise<QuoteDto> {
    return this.quotes.create(dto, by);
  }

  /** What a quote would cost; nothing is stored */
  @Post('preview')
  @HttpCode(200)
  @RequireScope('quotes:write')
  @BodyLimit(LINES_LIMIT_BYTES)
  @Repeatable()
  @Problems(
    quotingProblems.priceOverrideNotAllowed,
    quotingProblems.rateNotFound,
    quotingProblems.lineCategoryUnknown,
    quotingProblems.taxRateMissing,
    quotingProblems.pricingRefused,
  )
  preview(
    @SentBody(PreviewQuoteDto) dto: PreviewQuoteDto,
    @CurrentPrincipal() by: Principal,
  ): Promise<QuotePreviewDto> {
    return this.previews.preview(dto, by);
  }

  /** Change what a quote says, but for its lines */
  @Patch(':id')
  @RequireScope('quotes:write')
  @ApiETag()
  @Problems(
    quotingProblems.quoteNotFound,
    catalogueProblems.customerNotFound,
    catalogueProblems.projectNotFound,
    quotingProblems.quoteState,
    quotingProblems.currencyFixed,
    quotingProblems.validityOrder,
    quotingProblems.taxRateMissing,
    quotingProblems.pricingRefused,
  )
  update(
    @Param() { id }: IdParam,
    @SentBody(UpdateQuoteDto) dto: UpdateQuoteDto,
    @CurrentPrincipal() by: Principal,
    @IfMatch() ifMatch: Precondition,
  ): Promise<QuoteDto> {
    return this.quotes.update(id, dto, { by, ifMatch });
  }

  /** Remove a draft */
  @Delete(':id')
  @HttpCode(204)
  @RequireScope('quotes:write')
  @Problems(quotingProblems.quoteNotFound, quotingProblems.quoteState)
  remove(@Param() { id }: IdParam, @IfMatch() ifMatch: Precondition): Promise<void> {
    return this.quotes.remove(id, ifMatch);
  }
}
