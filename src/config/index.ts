export { CONFIG_ERROR_EXIT_CODE, ConfigError } from './config-error.js';
export { AppConfigModule } from './config.module.js';
export {
  Config,
  type DatabaseConfig,
  type DatabaseConnection,
  type GithubConfig,
  type JsonWebKeySet,
  type TokenIssuer,
  type TracingConfig,
} from './config.js';
export { readConfig, readEnvironmentFile } from './environment-file.js';
export { loadConfig, loadMigrationConnection } from './load-config.js';
export { insertReference, renderEnvExample, renderReference } from './reference.js';
export { isLocalHost } from './transport-security.js';
