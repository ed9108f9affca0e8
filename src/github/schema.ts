/** The tables of this room, for commands that need no more of it. */
export * as bindingsSchema from './connect/bindings.schema.js';
export * as githubDeliveriesSchema from './webhooks/deliveries.schema.js';
export * as githubInstallationsSchema from './installations/installations.schema.js';
