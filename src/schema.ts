import {
  dependenciesSchema,
  deploymentsSchema,
  environmentsSchema,
  fixturesSchema,
  interactionsSchema,
  servicesSchema,
  specsSchema,
  verificationSchema,
} from './contracts/schema.js';
import { databaseSchema, declaredTenantTables } from './database/schema.js';
import {
  apiKeysSchema,
  externalOrganizationsSchema,
  invitationsSchema,
  membershipsSchema,
  usersSchema,
} from './identity/schema.js';
import { mailOutboxSchema } from './mail/schema.js';
import {
  approvalRequestsSchema,
  countersSchema,
  customersSchema,
  projectsSchema,
  quoteLinesSchema,
  quoteLinksSchema,
  quoteVersionsSchema,
  quotesSchema,
  rateCardsSchema,
  serviceCategoriesSchema,
  taxRatesSchema,
} from './quoting/schema.js';
import {
  auditLogSchema,
  idempotencyKeysSchema,
  tenantDomainsSchema,
  tenantFeaturesSchema,
} from './tenancy/schema.js';

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
  ...customersSchema,
  ...projectsSchema,
  ...serviceCategoriesSchema,
  ...rateCardsSchema,
  ...taxRatesSchema,
  ...countersSchema,
  ...quotesSchema,
  ...quoteLinesSchema,
  ...quoteVersionsSchema,
  ...approvalRequestsSchema,
  ...quoteLinksSchema,
};

/** The names of the tenant tables among them. */
export const tenantTables: string[] = declaredTenantTables();
