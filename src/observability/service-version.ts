import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** The version in package.json, which is above `src` and `dist` alike. */
export const serviceVersion = (): string =>
  (JSON.parse(readFileSync(findPackageJSON(import.meta.url)!, 'utf8')) as { version: string }).version;
