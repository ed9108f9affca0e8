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
import { CreateTaxRateDto, TaxRateDto, TaxRatesQuery, UpdateTaxRateDto } from './tax-rates.dto.js';
import { TaxRatesService } from './tax-rates.service.js';

const { taxRateNotFound, taxRateExists, exemptIsNotTaxed } = catalogueProblems;

/** What is put on prices, by class and day. */
@ApiTags('Tax rates')
@Controller('v1/tax-rates')
@RequireFeature('quoting')
export class TaxRatesController {
  constructor(private readonly taxRates: TaxRatesService) {}

  /** List your tax rates, newest first */
  @Get()
  @RequireScope('rate-cards:read')
  @ApiPage(TaxRateDto)
  list(@Query() query: TaxRatesQuery): Promise<Page<TaxRateDto>> {
    return this.taxRates.list(query);
  }

  /** Read one tax rate */
  @Get(':id')
  @RequireScope('rate-cards:read')
  @ApiETag()
  @Problems(taxRateNotFound)
  get(@Param() { id }: IdParam): Promise<TaxRateDto> {
    return this.taxRates.get(id);
  }

  /** Set the rate of a class from a day on */
  @Post()
  @RequireScope('rate-cards:write')
  @ApiETag()
  @Problems(taxRateExists, exemptIsNotTaxed)
  create(@Body() dto: CreateTaxRateDto): Promise<TaxRateDto> {
    return this.taxRates.create(dto);
  }

  /** Change a tax rate; quotes keep the tax they have from it */
  @Patch(':id')
  @RequireScope('rate-cards:write')
  @ApiETag()
  @Problems(taxRateNotFound, taxRateExists, exemptIsNotTaxed)
  update(
    @Param() { id }: IdParam,
    @Body() dto: UpdateTaxRateDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<TaxRateDto> {
    return this.taxRates.update(id, dto, ifMatch);
  }

  /** Remove a tax rate; quotes keep the tax they have from it */
  @Delete(':id')
  @HttpCode(204)
  @RequireScope('rate-cards:write')
  @Problems(taxRateNotFound)
  remove(@Param() { id }: IdParam, @IfMatch() ifMatch: Precondition): Promise<void> {
    return this.taxRates.remove(id, ifMatch);
  }
}
