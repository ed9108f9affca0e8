import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeysService } from './api-keys/api-keys.service.js';
import { TenantKeysController } from './api-keys/tenant-keys.controller.js';
import { TenantKeysService } from './api-keys/tenant-keys.service.js';
import { ApiKeyAuthenticator } from './authentication/api-key.authenticator.js';
import { AuthGuard } from './authentication/auth.guard.js';
import { RouteAccessCheck } from './authentication/route-access.check.js';
import { MeController } from './me.controller.js';

/** Who calls and what they may: API keys, scopes, the guard in front of every route. */
@Module({
  imports: [DiscoveryModule],
  controllers: [MeController, ApiKeysController, TenantKeysController],
  providers: [
    ApiKeysService,
    TenantKeysService,
    ApiKeyAuthenticator,
    RouteAccessCheck,
    { provide: APP_GUARD, useClass: AuthGuard },
  ],
  exports: [TenantKeysService],
})
export class IdentityModule {}
