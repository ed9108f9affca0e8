import { readFileSync } from 'node:fs';

/** Found from `src` and from `dist` alike. */
const PACKAGE_FILE = new URL('../../package.json', import.meta.url);

/** The version in package.json. */
export const serviceVersion = (): string =>
  (JSON.parse(readFileSync(PACKAGE_FILE, 'utf8')) as { version: string }).version;
