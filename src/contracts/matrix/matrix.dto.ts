import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { PageQuery } from '../../http/index.js';
import { IsName } from '../names.js';
import { OUTCOMES, type Outcome } from '../verification/outcome.js';

export class MatrixQuery extends PageQuery {
  @IsOptional()
  @IsName()
  consumer?: string;

  @IsOptional()
  @IsName()
  provider?: string;

  /** Only what was verified for this environment. */
  @IsOptional()
  @IsName()
  environment?: string;
}

/** One consumer version against one provider version: the newest result. */
export class MatrixCellDto {
  /** Of the result. @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example web */
  consumer!: string;
  /** @example 1.4.2 */
  consumerVersion!: string;
  /** @example orders */
  provider!: string;
  /** @example 2.1.0 */
  providerVersion!: string;
  @ApiProperty({ enum: OUTCOMES })
  outcome!: Outcome;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f61 */
  taskId!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  submittedAt!: string;
}
