import type { TenantStatus } from '../database/index.js';
import { defineProblem } from '../http/index.js';

export const tenancyProblems = {
  tenantNotFound: defineProblem(
    404,
    'TENANT_NOT_FOUND',
    'Tenant not found',
    () => 'There is no such tenant, or you are not a member of it.',
  ),
  tenantSuspended: defineProblem(
    403,
    'TENANT_SUSPENDED',
    'Tenant is suspended',
    () => 'This tenant is suspended. Its data is kept; ask the operators to reactivate it.',
  ),
  tenantNotActive: defineProblem(
    403,
    'TENANT_NOT_ACTIVE',
    'Tenant is not active',
    (status: TenantStatus) => `This tenant is ${status}; only active tenants are served.`,
  ),
  slugTaken: defineProblem(
    409,
    'SLUG_TAKEN',
    'Slug is taken',
    (slug: string) => `Another tenant has the slug "${slug}".`,
  ),
  tenantState: defineProblem(
    409,
    'TENANT_STATE',
    'Not possible in this state',
    (action: string, status: TenantStatus) => `A tenant that is ${status} cannot be changed by "${action}".`,
  ),
  systemTenant: defineProblem(
    409,
    'SYSTEM_TENANT',
    'System tenant',
    () => "The operators' own tenant cannot be suspended or archived.",
  ),
  isolationNotServed: defineProblem(
    422,
    'ISOLATION_NOT_SERVED',
    'Isolation is not served',
    (isolation: string) => `Isolation "${isolation}" is not served yet; use "shared".`,
  ),
  featureNotFound: defineProblem(
    404,
    'FEATURE_NOT_FOUND',
    'Feature not found',
    (name: string) => `There is no feature "${name}".`,
  ),
  featureNotEnabled: defineProblem(
    403,
    'FEATURE_NOT_ENABLED',
    'Feature not enabled',
    (name: string) => `This tenant does not have the feature "${name}".`,
  ),
  domainNotFound: defineProblem(
    404,
    'DOMAIN_NOT_FOUND',
    'Domain not found',
    () => 'This tenant has no such domain.',
  ),
  domainExists: defineProblem(
    409,
    'DOMAIN_EXISTS',
    'Domain is claimed already',
    (domain: string) => `This tenant has the domain "${domain}" already.`,
  ),
  domainTaken: defineProblem(
    409,
    'DOMAIN_TAKEN',
    'Domain is taken',
    (domain: string) => `Another tenant has verified the domain "${domain}".`,
  ),
  dnsUnavailable: defineProblem(
    503,
    'DNS_UNAVAILABLE',
    'DNS is not available',
    () => 'The DNS gave no answer in time, or failed. Nothing was changed; try again.',
    () => ({ headers: { 'retry-after': '5' } }),
  ),
};
