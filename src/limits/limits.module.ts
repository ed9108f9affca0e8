import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { RateLimitGuard } from './rate-limit.guard.js';
import { RateLimits } from './rate-limits.js';
import { Refusals } from './refusals.js';
import { sharedCountersProvider } from './shared-counters.provider.js';
import { SignInFailures } from './sign-in-failures.js';

/** How often: per tenant, per credential, and for an address that presents bad ones. */
@Global()
@Module({
  providers: [
    sharedCountersProvider,
    RateLimits,
    SignInFailures,
    Refusals,
    { provide: APP_GUARD, useClass: RateLimitGuard },
  ],
  exports: [SignInFailures, Refusals],
})
export class LimitsModule {}
