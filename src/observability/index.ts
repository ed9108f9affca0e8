export { AppLogger } from './logs/app-logger.js';
export { Metrics } from './metrics/metrics.js';
export { ObservabilityModule } from './observability.module.js';
export { RequestObserver } from './request-observer.js';
export { requestIdOf } from './request-id.js';
export { serviceVersion } from './service-version.js';
