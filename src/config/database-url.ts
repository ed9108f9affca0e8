import { parse } from 'pg-connection-string';
import type { DatabaseConnection } from './config.js';
import { encryptionOf, type EncryptionOptions } from './encryption.js';
import { readParameters, type UrlParameters } from './url-parameters.js';

export type DatabaseUrlReading = { connection: DatabaseConnection } | { problems: string[] };

const SHAPE = 'postgres://user:password@host:5432/database';
const NOT_A_URL = `is not a URL of the form ${SHAPE}; other characters than letters and digits in the password are written %XX`;
const DEFAULT_PORT = 5432;

/**
 * Reads a database URL, never as less than it says. Problems are sentences that lack their subject, the variable's
 * name, and contain no part of the URL.
 */
export function readDatabaseUrl(url: string, options: EncryptionOptions): DatabaseUrlReading {
  const [address = '', query = ''] = url.split(/\?(.*)/s);
  // The URL parser would drop tabs and line ends, cut at "#", and guess at a stray "%": each changes the password.
  if (!/^postgres(ql)?:\/\//.test(url)) return { problems: [`must start with postgres://, as in ${SHAPE}`] };
  if (/\s|#|%00|%(?![0-9a-f]{2})/i.test(url)) return { problems: [NOT_A_URL] };
  const { parameters, problems } = readParameters(query);
  const target = targetOf(address, parameters);
  if (target === undefined) return { problems: [NOT_A_URL, ...problems] };
  problems.push(...problemsOf(target, parameters));
  const encryption = encryptionOf(target.host, parameters, options);
  if ('problems' in encryption || problems.length > 0) {
    return { problems: [...problems, ...('problems' in encryption ? encryption.problems : [])] };
  }
  const { application_name: applicationName } = parameters;
  return { connection: { ...target, ...encryption, ...(applicationName && { applicationName }) } };
}

type Target = Pick<DatabaseConnection, 'host' | 'port' | 'user' | 'password' | 'database'>;

// TLS parameters are kept from the library: it reads files, warns on stderr and knows weaker readings of them.
function targetOf(address: string, { host, port }: UrlParameters): Target | undefined {
  try {
    const parsed = parse(address);
    return {
      host: parsed.host || host || '',
      port: Number(parsed.port || port || DEFAULT_PORT),
      user: parsed.user ?? '',
      password: parsed.password || undefined,
      database: parsed.database ?? '',
    };
  } catch {
    return undefined;
  }
}

function problemsOf(target: Target, parameters: UrlParameters): string[] {
  const problems: string[] = [];
  if (target.user === '') problems.push(`names no user: ${SHAPE}`);
  if (target.host === '') problems.push(`names no host: ${SHAPE}`);
  if (target.host.includes(',')) problems.push('names several hosts: give the address of the primary');
  if (target.database === '') problems.push(`names no database: ${SHAPE}`);
  if (!(target.port >= 1 && target.port <= 65_535)) problems.push('needs a port from 1 to 65535');
  if (parameters.host !== undefined && parameters.host !== target.host) {
    problems.push('has a host both before and behind the "?"');
  }
  if (parameters.host !== undefined && !parameters.host.startsWith('/')) {
    problems.push(`has a parameter host that is not the directory of a Unix socket: write it as in ${SHAPE}`);
  }
  if (parameters.port !== undefined && Number(parameters.port) !== target.port) {
    problems.push('has a port both before and behind the "?"');
  }
  return problems;
}
