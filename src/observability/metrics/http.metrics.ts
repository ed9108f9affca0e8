import { Injectable } from '@nestjs/common';
import type { RequestOutcome } from '../request-activity.js';
import { Metrics } from './metrics.js';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** Seconds. Reads take milliseconds here; the upper end is where clients give up. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** How long requests took, by route pattern. Labels are bounded: by our routes, the known methods and the statuses. */
@Injectable()
export class HttpMetrics {
  private readonly durations = this.metrics.histogram(
    'http_server_request_duration_seconds',
    'Duration of requests by route pattern; status 499: the client went away',
    ['method', 'route', 'status'],
    BUCKETS,
  );

  constructor(private readonly metrics: Metrics) {}

  requestEnded({ method, route, status, durationMs }: RequestOutcome): void {
    if (route === '/metrics') return; // scrapers are no users
    const labels = { method: METHODS.has(method) ? method : 'other', route, status };
    this.durations.observe(labels, durationMs / 1_000);
  }
}
