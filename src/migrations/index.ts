export { bootstrapDatabase, grantDatabase } from './bootstrap/bootstrap-database.js';
export { bootstrapRoles, type RolePasswords } from './bootstrap/bootstrap-roles.js';
export { withClient } from './client.js';
export { ExitCode } from './exit-code.js';
export { migrationsFolder } from './folder/migrations-folder.js';
export { migrate } from './migrate.js';
export { migrationStatus, type RunQuery } from './status.js';
