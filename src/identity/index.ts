export * as apiKeysSchema from './api-keys/api-keys.schema.js';
export { issueKey } from './api-keys/api-key-secret.js';
export { TenantKeysService } from './api-keys/tenant-keys.service.js';
export { CurrentPrincipal } from './current-principal.js';
export { IdentityModule } from './identity.module.js';
export { identityProblems } from './identity.problems.js';
export type { Principal } from './principal.js';
export { ALL_SCOPES, SCOPES, type Scope } from './scopes.js';
