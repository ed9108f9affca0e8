/** The tables of this room, for commands that need no more of it. */
export * as dependenciesSchema from './dependencies/dependencies.schema.js';
export * as deploymentsSchema from './deployments/deployments.schema.js';
export * as environmentsSchema from './environments/environments.schema.js';
export * as fixturesSchema from './fixtures/fixtures.schema.js';
export * as interactionsSchema from './interactions/interactions.schema.js';
export * as servicesSchema from './services/services.schema.js';
export * as specsSchema from './specs/specs.schema.js';
export * as verificationSchema from './verification/verification.schema.js';
