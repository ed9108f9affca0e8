import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiPage, type Page, Problems, RequireScope } from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { MatrixCellDto, MatrixQuery } from './matrix.dto.js';
import { MatrixService } from './matrix.service.js';

@ApiTags('Verification')
@Controller('v1/matrix')
@RequireFeature('contracts')
export class MatrixController {
  constructor(private readonly matrix: MatrixService) {}

  /** Consumer versions by provider versions, each with its newest result, the newest first */
  @Get()
  @RequireScope('contracts:read')
  @ApiPage(MatrixCellDto)
  @Problems(contractsProblems.serviceNotFound, contractsProblems.environmentNotFound)
  list(@Query() query: MatrixQuery): Promise<Page<MatrixCellDto>> {
    return this.matrix.list(query);
  }
}
