import {
  dependenciesSchema,
  deploymentsSchema,
  environmentsSchema,
  fixturesSchema,
  interactionsSchema,
  servicesSchema,
  specsSchema,
  verificationSchema,
} from './contracts/index.js';
import { databaseSchema, declaredTenantTables } from './database/index.js';
import {
  apiKeysSchema,
  externalOrganizationsSchema,
  invitationsSchema,
  membershipsSchema,
  usersSchema,
} from './identity/index.js';
import { mailOutboxSchema } from './mail/index.js';
import {
  auditLogSchema,
  idempotencyKeysSchema,
  tenantDomainsSchema,
  tenantFeaturesSchema,
} from './tenancy/index.js';

/** All tables and relations, for `db.query`. */
export const schema = {
  ...databaseSchema,
  ...auditLogSchema,
  ...idempotencyKeysSchema,
  ...tenantDomainsSchema,
  ...tenantFeaturesSchema,
  ...mailOutboxSchema,
  ...usersSchema,
  ...membershipsSchema,
  ...invitationsSchema,
  ...externalOrganizationsSchema,
  ...apiKeysSchema,
  ...servicesSchema,
  ...specsSchema,
  ...interactionsSchema,
  ...fixturesSchema,
  ...environmentsSchema,
  ...deploymentsSchema,
  ...dependenciesSchema,
  ...verificationSchema,
};

/** The names of the tenant tables among them. */
export const tenantTables: string[] = declaredTenantTables();
