export { type DevelopmentDatabase, withDevelopmentDatabase } from './development-database.js';
export { NEWEST_MAJOR, SUPPORTED_MAJORS, findBinaries } from './embedded-binaries.js';
export { type EphemeralServer, serverOfMajor } from './ephemeral-server.js';
export { plantSeeds } from './plant-seeds.js';
export type { Seeded } from './seeds.js';
