import * as contracts from '../../src/contracts/schema.js';
import { databaseSchema } from '../../src/database/schema.js';
import * as apiKeysSchema from '../../src/identity/api-keys/api-keys.schema.js';
import * as invitationsSchema from '../../src/identity/invitations/invitations.schema.js';
import * as membershipsSchema from '../../src/identity/members/memberships.schema.js';
import * as organizationsSchema from '../../src/identity/organizations/external-organizations.schema.js';
import * as usersSchema from '../../src/identity/users/users.schema.js';
import * as mailSchema from '../../src/mail/mail-outbox.schema.js';
import * as quoting from '../../src/quoting/schema.js';
import * as auditLogSchema from '../../src/tenancy/audit-log/audit-log.schema.js';
import * as domainsSchema from '../../src/tenancy/domains/tenant-domains.schema.js';
import * as featuresSchema from '../../src/tenancy/features/tenant-features.schema.js';
import * as idempotencySchema from '../../src/tenancy/idempotency/idempotency-keys.schema.js';

/** Everything that the schema files of `src` declare, without a build. */
export const wholeSchema = {
  ...databaseSchema,
  ...apiKeysSchema,
  ...invitationsSchema,
  ...membershipsSchema,
  ...organizationsSchema,
  ...usersSchema,
  ...mailSchema,
  ...auditLogSchema,
  ...domainsSchema,
  ...featuresSchema,
  ...idempotencySchema,
  ...contracts.dependenciesSchema,
  ...contracts.deploymentsSchema,
  ...contracts.environmentsSchema,
  ...contracts.fixturesSchema,
  ...contracts.interactionsSchema,
  ...contracts.servicesSchema,
  ...contracts.specsSchema,
  ...contracts.verificationSchema,
  ...quoting.customersSchema,
  ...quoting.projectsSchema,
  ...quoting.serviceCategoriesSchema,
  ...quoting.rateCardsSchema,
  ...quoting.taxRatesSchema,
  ...quoting.countersSchema,
  ...quoting.quotesSchema,
  ...quoting.quoteLinesSchema,
  ...quoting.quoteVersionsSchema,
  ...quoting.approvalRequestsSchema,
  ...quoting.quoteLinksSchema,
};
