import type { Provider } from '@nestjs/common';
import { Config } from '../config/index.js';

export const SHARED_COUNTERS = Symbol('SHARED_COUNTERS');

/** The counters in Redis; undefined where no limits or no Redis are configured, and then its client is not even loaded. */
export const sharedCountersProvider: Provider = {
  provide: SHARED_COUNTERS,
  inject: [Config],
  useFactory: async ({ limits: { requestsPerMinute, redisUrl } }: Config) => {
    if (!requestsPerMinute || redisUrl === undefined) return undefined;
    const { SharedCounters } = await import('./shared-counters.js');
    return new SharedCounters(redisUrl);
  },
};
