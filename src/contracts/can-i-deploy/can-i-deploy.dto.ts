import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IsName, IsVersion } from '../names.js';
import {
  type DeploymentAnswer,
  type PairAnswer,
  type PairState,
  REASONS,
  type Reason,
} from './compatibility.js';
import { SEMVER_SCOPES, type SemverScope } from './nearest-version.js';

const STATES = ['passed', 'failed', 'unknown'] as const;

export class CanIDeployQuery {
  /** @example web */
  @IsName()
  service!: string;

  /** @example 1.4.2 */
  @IsVersion()
  version!: string;

  /** @example production */
  @IsName()
  environment!: string;

  /** How far another provider version's result may count: `patch` as npm's `~`, `minor` as its `^`. */
  @IsIn(SEMVER_SCOPES)
  @ApiProperty({ enum: SEMVER_SCOPES, required: false, default: 'none' })
  semver: SemverScope = 'none';
}

export class ParticipantDto {
  /** @example web */
  service!: string;
  /** @example 1.4.2 */
  version!: string;
}

export class ProviderDto {
  /** @example orders */
  service!: string;
  /** null: not deployed there. */
  @ApiProperty({ type: String, nullable: true, example: '2.1.0' })
  version!: string | null;
}

export class PairDto implements PairAnswer {
  /** What the asked service is in this pair. */
  @ApiProperty({ enum: ['consumer', 'provider'] })
  role!: 'consumer' | 'provider';
  consumer!: ParticipantDto;
  provider!: ProviderDto;
  @ApiProperty({ enum: STATES })
  state!: PairState;
  @ApiProperty({ enum: REASONS, nullable: true, type: String, example: null })
  reason!: Reason | null;
  /** The provider version whose result counted, where it is another one. @example 2.1.1 */
  verifiedBy?: string;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  taskId?: string;
}

export class SummaryDto {
  /** @example 1 */
  passed!: number;
  /** @example 0 */
  failed!: number;
  /** @example 0 */
  unknown!: number;
}

export class CanIDeployDto implements DeploymentAnswer {
  /** @example true */
  canDeploy!: boolean;
  /** @example web */
  service!: string;
  /** @example 1.4.2 */
  version!: string;
  /** @example production */
  environment!: string;
  @ApiProperty({ type: [PairDto] })
  pairs!: PairDto[];
  summary!: SummaryDto;
  @ApiProperty({ enum: REASONS, isArray: true, example: [] })
  reasons!: Reason[];
}
