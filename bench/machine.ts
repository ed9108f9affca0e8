import { arch, cpus, platform, totalmem } from 'node:os';

/** What a figure means nothing without. `database`: the server's version and settings. */
export const machineFacts = (database: string) => ({
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${arch()}`,
  node: process.version,
  database,
});
