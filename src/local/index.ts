export { NEWEST_MAJOR } from './embedded-binaries.js';
export { serverOfMajor } from './ephemeral-server.js';
