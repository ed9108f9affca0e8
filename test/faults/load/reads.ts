/** What the load reads, of each room; all answers are searched for other tenants. */
export const READS = [
  '/v1/services?limit=20',
  '/v1/interactions?limit=20&include=messages',
  '/v1/fixtures?limit=20',
  '/v1/deployments?limit=20',
  '/v1/environments',
  '/v1/dependencies',
  '/v1/verification-tasks?limit=20',
  '/v1/matrix',
  '/v1/stats',
  '/v1/api-keys?limit=20',
  '/v1/audit-log?limit=20',
  '/v1/members',
  '/v1/me',
  '/v1/tenant',
];
