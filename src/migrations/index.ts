export { bootstrapDatabase, grantDatabase } from './bootstrap.js';
export { bootstrapRoles, type RolePasswords } from './bootstrap-roles.js';
export { withClient } from './client.js';
export { migrationsFolder } from './folder.js';
export { migrate } from './migrate.js';
export { migrationStatus, type RunQuery } from './status.js';
