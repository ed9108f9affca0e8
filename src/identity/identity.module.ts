import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { MailModule } from '../mail/index.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeysService } from './api-keys/api-keys.service.js';
import { TenantKeysController } from './api-keys/tenant-keys.controller.js';
import { TenantKeysService } from './api-keys/tenant-keys.service.js';
import { ApiKeyAuthenticator } from './authentication/api-key.authenticator.js';
import { AuthGuard } from './authentication/auth.guard.js';
import { PersonAuthenticator } from './authentication/person.authenticator.js';
import { RouteAccessCheck } from './authentication/route-access.check.js';
import { TokenAuthenticator } from './authentication/token.authenticator.js';
import { AcceptInvitationController } from './invitations/accept-invitation.controller.js';
import { AcceptInvitationService } from './invitations/accept-invitation.service.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { InvitationsService } from './invitations/invitations.service.js';
import { MeController } from './me.controller.js';
import { MembersController } from './members/members.controller.js';
import { MembershipsService } from './members/memberships.service.js';
import { MembersService } from './members/members.service.js';
import { OrganizationsController } from './organizations/organizations.controller.js';
import { OrganizationsService } from './organizations/organizations.service.js';
import { PeopleDirectory } from './people.directory.js';
import { UsersService } from './users/users.service.js';

/** Who calls and what they may: API keys, people and their memberships, the guard in front of every route. */
@Module({
  imports: [DiscoveryModule, MailModule],
  controllers: [
    MeController,
    ApiKeysController,
    TenantKeysController,
    MembersController,
    AcceptInvitationController,
    InvitationsController,
    OrganizationsController,
  ],
  providers: [
    ApiKeysService,
    TenantKeysService,
    UsersService,
    PeopleDirectory,
    MembersService,
    MembershipsService,
    InvitationsService,
    AcceptInvitationService,
    OrganizationsService,
    ApiKeyAuthenticator,
    TokenAuthenticator,
    PersonAuthenticator,
    RouteAccessCheck,
    { provide: APP_GUARD, useClass: AuthGuard },
  ],
  exports: [TenantKeysService, UsersService, MembersService, MembershipsService, PeopleDirectory],
})
export class IdentityModule {}
