import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, Matches, ValidateIf } from 'class-validator';
import { IdParam } from '../../http/index.js';
import { ALL_FEATURES, type Feature } from './catalogue.js';
import { FEATURE_SOURCES } from './tenant-features.schema.js';

export class FeatureDto {
  @ApiProperty({ enum: ALL_FEATURES })
  name!: Feature;
  /** @example "Claim domains of your own, verified by a DNS record" */
  description!: string;
  /** @example true */
  enabled!: boolean;
  /** What decides: the plan, or an operator's override for this tenant. */
  @ApiProperty({ enum: FEATURE_SOURCES })
  source!: (typeof FEATURE_SOURCES)[number];
}

/** There are few, so they come at once. */
export class FeaturesDto {
  data!: FeatureDto[];
}

export class FeatureParams extends IdParam {
  /** @example custom_domains */
  @Matches(/^[a-z][a-z0-9_]{0,62}$/)
  name!: string;
}

export class OverrideFeatureDto {
  /** `true` and `false` override the plan, `null` removes the override. */
  @ValidateIf((_, value) => value !== null)
  @IsBoolean()
  @ApiProperty({ type: Boolean, nullable: true, example: true })
  enabled!: boolean | null;
}
