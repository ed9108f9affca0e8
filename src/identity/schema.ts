/** The tables of this room, for commands that need no more of it. */
export * as apiKeysSchema from './api-keys/api-keys.schema.js';
export * as externalOrganizationsSchema from './organizations/external-organizations.schema.js';
export * as invitationsSchema from './invitations/invitations.schema.js';
export * as membershipsSchema from './members/memberships.schema.js';
export * as usersSchema from './users/users.schema.js';
