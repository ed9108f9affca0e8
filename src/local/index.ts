export { type DevelopmentDatabase, withDevelopmentDatabase } from './development-database.js';
export { NEWEST_MAJOR, SUPPORTED_MAJORS, findBinaries } from './embedded-binaries.js';
export { type EphemeralServer, serverOfMajor } from './ephemeral-server.js';
export { type Seeded, plantSeeds } from './seeds.js';
