import type { HealthIndicatorResult } from '@nestjs/terminus';
import { serviceVersion } from '../observability/index.js';

const version = serviceVersion();

/** Answering at all is the check; the rest is for people. */
export const processHealth = (): HealthIndicatorResult => ({
  process: {
    status: 'up',
    version,
    node: process.version,
    uptimeSeconds: Math.round(process.uptime()),
    rssBytes: process.memoryUsage.rss(),
  },
});
