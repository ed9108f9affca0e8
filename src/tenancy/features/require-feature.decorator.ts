import { SetMetadata, UseGuards, applyDecorators } from '@nestjs/common';
import { REQUIRED_FEATURE } from '../../http/index.js';
import type { Feature } from './catalogue.js';
import { FeatureGuard } from './feature.guard.js';

/**
 * Only tenants that have the feature may call the route; others are answered 403 `FEATURE_NOT_ENABLED`. Stands beside
 * `@RequireScope()`, which is judged first. A feature that the catalogue does not know stops the start.
 */
export const RequireFeature = (feature: Feature) =>
  applyDecorators(SetMetadata(REQUIRED_FEATURE, feature), UseGuards(FeatureGuard));
