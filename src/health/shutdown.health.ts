import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../config/index.js';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';

/** Tells the load balancer to send no more, as soon as SIGTERM came; requests in flight still finish. */
@Injectable()
export class ShutdownHealth implements OnModuleDestroy, BeforeApplicationShutdown {
  private isShuttingDown = false;

  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly config: Config,
  ) {}

  /** The first hook that Nest calls. */
  onModuleDestroy(): void {
    this.isShuttingDown = true;
  }

  /** Between the hook above and the closing of the port: requests that are still sent here are served. */
  async beforeApplicationShutdown(): Promise<void> {
    await sleep(this.config.http.shutdownDelayMs);
  }

  check(): HealthIndicatorResult {
    const indicator = this.indicators.check('shutdown');
    return this.isShuttingDown ? indicator.down({ message: 'The server is shutting down' }) : indicator.up();
  }
}
