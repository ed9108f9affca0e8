export { bootstrapDatabase, grantDatabase } from './bootstrap/bootstrap-database.js';
export { bootstrapRoles, type RolePasswords } from './bootstrap/bootstrap-roles.js';
export { withClient } from './client.js';
export { migrationsFolder } from './folder/migrations-folder.js';
export { migrate } from './migrate.js';
export type { RunQuery } from './run-query.js';
export { migrationStatus } from './status.js';
