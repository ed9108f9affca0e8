import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';

/** Tells the load balancer to send no more, as soon as SIGTERM came; requests in flight still finish. */
@Injectable()
export class ShutdownHealth implements OnModuleDestroy {
  private isShuttingDown = false;

  constructor(private readonly indicators: HealthIndicatorService) {}

  /** The first hook that Nest calls. */
  onModuleDestroy(): void {
    this.isShuttingDown = true;
  }

  check(): HealthIndicatorResult {
    const indicator = this.indicators.check('shutdown');
    return this.isShuttingDown ? indicator.down({ message: 'The server is shutting down' }) : indicator.up();
  }
}
