import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiETag, ApiPage, IdParam, type Page, PageQuery, Problems, RequireScope } from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { quotingProblems } from '../quoting.problems.js';
import { DiffDto, DiffParams, QuoteVersionDto, VersionParams, VersionSummaryDto } from './versions.dto.js';
import { VersionsService } from './versions.service.js';

/** What a quote said before. */
@ApiTags('Quotes')
@Controller('v1/quotes/:id/versions')
@RequireFeature('quoting')
export class QuoteVersionsController {
  constructor(private readonly versions: VersionsService) {}

  /** List the versions of a quote, newest first */
  @Get()
  @RequireScope('quotes:read')
  @ApiPage(VersionSummaryDto)
  @Problems(quotingProblems.quoteNotFound)
  list(@Param() { id }: IdParam, @Query() query: PageQuery): Promise<Page<VersionSummaryDto>> {
    return this.versions.list(id, query);
  }

  /** Read one version, whole */
  @Get(':n')
  @RequireScope('quotes:read')
  @ApiETag()
  @Problems(quotingProblems.quoteNotFound, quotingProblems.quoteVersionNotFound)
  get(@Param() { id, n }: VersionParams): Promise<QuoteVersionDto> {
    return this.versions.get(id, n);
  }

  /** What leads from one version to another */
  @Get(':n/diff/:m')
  @RequireScope('quotes:read')
  @Problems(quotingProblems.quoteNotFound, quotingProblems.quoteVersionNotFound)
  diff(@Param() { id, n, m }: DiffParams): Promise<DiffDto> {
    return this.versions.diff(id, n, m);
  }
}
