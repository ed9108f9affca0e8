import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

export type OpenApi = Record<string, unknown>;

const { resolve } = createRequire(import.meta.url);
const EXAMPLES = dirname(resolve('@readme/oas-examples/package.json'));

const parsed = (text: string | Buffer): OpenApi => JSON.parse(String(text)) as OpenApi;

/** Real documents, as `3.0/json/petstore.json`. */
export const exampleNames = (): string[] => globSync('3.{0,1}/json/*.json', { cwd: EXAMPLES }).toSorted();

export const example = (name: string): OpenApi => parsed(readFileSync(join(EXAMPLES, name)));

/** This application's own, half a megabyte. */
export const ownDocument = (): OpenApi =>
  parsed(readFileSync(new URL('../../../openapi.json', import.meta.url)));

/** GitHub's REST API, two megabytes: from the package @octokit/openapi, which unpacks to 108 MB. */
export const githubDocument = (): OpenApi =>
  parsed(brotliDecompressSync(readFileSync(new URL('github-rest-2.2.1.json.br', import.meta.url))));

/** The smallest document, with what a test is about. */
export const smallDocument = (parts: OpenApi = {}, openapi = '3.1.0'): OpenApi => ({
  openapi,
  info: { title: 'Small', version: '1' },
  paths: {},
  ...parts,
});
