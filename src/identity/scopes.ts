/** Every scope there is, with what it allows. A key or a route that names another is refused. */
export const SCOPES = {
  'tenant:read': 'Read the tenant',
  'tenant:admin': 'Change the tenant; manage its members, invitations and API keys',
  'tenant:own': 'Make and unmake owners of the tenant',
  'contracts:read': 'Read services, their contracts and what was verified of them',
  'contracts:write': 'Register, record, deploy, verify and propose fixtures',
  'contracts:approve': 'Approve, reject and deprecate fixtures',
  'quotes:read': 'Read quotes, their versions and documents',
  'quotes:write': 'Make, change, send and answer quotes',
  'quotes:approve': 'Approve quotes before they are sent, or refuse to',
  'quotes:override-price': 'Give a line another unit price than the rate cards do',
  'quotes:force-edit': 'Change what an approved or sent quote says',
  'customers:read': 'Read customers and their contacts',
  'customers:write': 'Keep customers and their contacts',
  'projects:read': 'Read projects',
  'projects:write': 'Keep projects',
  'rate-cards:read': 'Read rate cards, service categories and tax rates',
  'rate-cards:write': 'Keep rate cards, service categories and tax rates',
  'platform:admin': 'Administer all tenants; only principals of the system tenant can hold it',
} as const;

export type Scope = keyof typeof SCOPES;
export const ALL_SCOPES = Object.keys(SCOPES) as Scope[];

/** What a key may do when nothing is said: all of its tenant, nothing of the platform. */
export const TENANT_SCOPES = ALL_SCOPES.filter((scope) => !scope.startsWith('platform:'));
