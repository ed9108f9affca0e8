import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../config/index.js';
import { DatabaseEvents } from '../database/index.js';
import { AppLogger, ROOT_LOGGER } from './logs/app-logger.js';
import { createLogger } from './logs/create-logger.js';
import { DatabaseMetrics } from './metrics/database.metrics.js';
import { HttpMetrics } from './metrics/http.metrics.js';
import { MetricsServer } from './metrics/metrics.server.js';
import { Metrics } from './metrics/metrics.js';
import { RequestObserver } from './request-observer.js';
import { serviceVersion } from './service-version.js';
import { TRACING, type Tracing } from './tracing/tracing.js';

/** Logs, metrics and traces of requests and of what they ask of the database. */
@Global()
@Module({
  providers: [
    { provide: ROOT_LOGGER, inject: [Config], useFactory: createLogger },
    { provide: TRACING, inject: [Config, DatabaseEvents], useFactory: createTracing },
    AppLogger,
    Metrics,
    HttpMetrics,
    DatabaseMetrics,
    MetricsServer,
    RequestObserver,
  ],
  exports: [AppLogger, Metrics, RequestObserver],
})
export class ObservabilityModule implements OnApplicationShutdown {
  constructor(@Inject(TRACING) private readonly tracing: Tracing | undefined) {}

  async onApplicationShutdown(): Promise<void> {
    await this.tracing?.shutdown();
  }
}

/** Nothing of OpenTelemetry is loaded unless there is a collector. */
async function createTracing(
  { tracing: config }: Config,
  events: DatabaseEvents,
): Promise<Tracing | undefined> {
  if (!config) return undefined;
  const { OtelTracing } = await import('./tracing/otel-tracing.js');
  const tracing = new OtelTracing(config, serviceVersion());
  events.subscribe(tracing);
  return tracing;
}
