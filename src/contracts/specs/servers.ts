import { type OpenApiDocument } from './document/openapi-document.js';
import { isObject, listOf, own } from './schema/dialect.js';

const MAX_SERVERS = 20;
const MAX_DEFAULT_LENGTH = 200;
/** Of a URL as it is written; and of one as it is filled in. */
const MAX_URL_LENGTH = 2_000;

/** The paths under which the servers of a document stand, the longest first: `/api/v2` of `https://{host}/api/v2/`. */
export function basePathsOf(document: OpenApiDocument): string[] {
  const paths = listOf(document['servers']).slice(0, MAX_SERVERS).map(basePathOf);
  return [...new Set(paths)].filter((path) => path !== '').toSorted((a, b) => b.length - a.length);
}

function basePathOf(server: unknown): string {
  const url = own(server, 'url');
  if (typeof url !== 'string' || url.length > MAX_URL_LENGTH) return '';
  const filled = url.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => defaultOf(server, name));
  if (filled.length > MAX_URL_LENGTH) return '';
  return filled.replace(/^([a-zA-Z][a-zA-Z0-9+.-]*:)?\/\/[^/]*/, '').replace(/\/+$/, '');
}

function defaultOf(server: unknown, name: string): string {
  const variable = own(own(server, 'variables'), name);
  const value = isObject(variable) ? variable['default'] : undefined;
  return typeof value === 'string' && value.length <= MAX_DEFAULT_LENGTH ? value : 'x';
}
