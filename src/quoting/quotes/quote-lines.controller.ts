import { Controller, Delete, Get, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiETag,
  BodyLimit,
  IdParam,
  IfMatch,
  type Precondition,
  Problems,
  RequireScope,
  SentBody,
} from '../../http/index.js';
import { CurrentPrincipal, type Principal } from '../../identity/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { quotingProblems } from '../quoting.problems.js';
import { LINES_LIMIT_BYTES } from './lines-limit.js';
import { QuoteLineInputDto, UpdateQuoteLineDto } from './quote-line-input.dto.js';
import { LineParams, QuoteLinesDto, ReplaceLinesDto, readLine, readLineChange } from './quote-lines.dto.js';
import { QuoteLinesService } from './quote-lines.service.js';
import { QuoteDto } from './quote-answers.dto.js';

const PROBLEMS = [
  quotingProblems.quoteNotFound,
  quotingProblems.quoteState,
  quotingProblems.priceOverrideNotAllowed,
  quotingProblems.rateNotFound,
  quotingProblems.lineCategoryUnknown,
  quotingProblems.taxRateMissing,
  quotingProblems.pricingRefused,
] as const;

/** The lines of a quote. `If-Match` and `ETag` are the quote's. */
@ApiTags('Quotes')
@Controller('v1/quotes/:id/lines')
@RequireFeature('quoting')
export class QuoteLinesController {
  constructor(private readonly lines: QuoteLinesService) {}

  /** List the lines of a quote: all of them, in their order */
  @Get()
  @RequireScope('quotes:read')
  @Problems(quotingProblems.quoteNotFound)
  async list(@Param() { id }: IdParam): Promise<QuoteLinesDto> {
    return { data: await this.lines.list(id) };
  }

  /** Add a line, behind the others; answers the whole quote */
  @Post()
  @RequireScope('quotes:write')
  @ApiETag()
  @Problems(...PROBLEMS, quotingProblems.tooManyLines)
  add(
    @Param() { id }: IdParam,
    @SentBody(QuoteLineInputDto, readLine) dto: QuoteLineInputDto,
    @CurrentPrincipal() by: Principal,
    @IfMatch() ifMatch: Precondition,
  ): Promise<QuoteDto> {
    return this.lines.add(id, dto, { by, ifMatch });
  }

  /** Replace all lines; one whose number was there keeps its id; answers the whole quote */
  @Put()
  @RequireScope('quotes:write')
  @BodyLimit(LINES_LIMIT_BYTES)
  @ApiETag()
  @Problems(...PROBLEMS)
  replaceAll(
    @Param() { id }: IdParam,
    @SentBody(ReplaceLinesDto) { lines }: ReplaceLinesDto,
    @CurrentPrincipal() by: Principal,
    @IfMatch() ifMatch: Precondition,
  ): Promise<QuoteDto> {
    return this.lines.replaceAll(id, lines, { by, ifMatch });
  }

  /** Change a line; it keeps the rate that was copied onto it unless another is asked for; answers the whole quote */
  @Patch(':lineId')
  @RequireScope('quotes:write')
  @ApiETag()
  @Problems(...PROBLEMS, quotingProblems.lineNotFound)
  change(
    @Param() { id, lineId }: LineParams,
    @SentBody(UpdateQuoteLineDto, readLineChange) dto: UpdateQuoteLineDto,
    @CurrentPrincipal() by: Principal,
    @IfMatch() ifMatch: Precondition,
  ): Promise<QuoteDto> {
    return this.lines.change(id, lineId, dto, { by, ifMatch });
  }

  /** Remove a line; answers the whole quote */
  @Delete(':lineId')
  @RequireScope('quotes:write')
  @ApiETag()
  @Problems(
    quotingProblems.quoteNotFound,
    quotingProblems.lineNotFound,
    quotingProblems.quoteState,
    quotingProblems.pricingRefused,
  )
  remove(
    @Param() { id, lineId }: LineParams,
    @CurrentPrincipal() by: Principal,
    @IfMatch() ifMatch: Precondition,
  ): Promise<QuoteDto> {
    return this.lines.remove(id, lineId, { by, ifMatch });
  }
}
