import type { DatabaseConnection } from './config.js';
import { transportSecurity } from './transport-security.js';
import type { UrlParameters } from './url-parameters.js';

export interface EncryptionOptions {
  isProduction: boolean;
  /** Returns the PEM text of a certificate file, or throws. */
  readCertificate: (path: string) => string;
  /** The private CA of all connections (`DATABASE_CA`); `sslrootcert` in the URL goes before it. */
  ca?: string | undefined;
}

type Encryption = Pick<DatabaseConnection, 'ssl' | 'enableChannelBinding' | 'requireChannelBinding'>;

/** How a connection is protected, or why the parameters of its URL contradict each other. */
export function encryptionOf(
  host: string,
  { sslmode, sslrootcert, channel_binding: binding = 'disable' }: UrlParameters,
  { isProduction, readCertificate, ca }: EncryptionOptions,
): Encryption | { problems: string[] } {
  const security = transportSecurity(sslmode, host, isProduction);
  if ('refused' in security) return { problems: [security.refused] };
  const problems: string[] = [];
  if (!['disable', 'prefer', 'require'].includes(binding)) {
    problems.push('has a channel_binding that is none of require, prefer, disable');
  }
  if (!security.verified && binding === 'require') {
    problems.push('asks for channel binding, which needs TLS: add sslmode=verify-full');
  }
  if (!security.verified && sslrootcert !== undefined && !host.startsWith('/')) {
    problems.push('has an sslrootcert that would not be used: add sslmode=verify-full');
  }
  const certificate = certificateOf(sslrootcert, ca, readCertificate);
  if (certificate === null) problems.push('has an sslrootcert that is not a readable PEM file');
  if (problems.length > 0) return { problems };
  return {
    ssl: security.verified && { rejectUnauthorized: true, ...(certificate && { ca: certificate }) },
    enableChannelBinding: security.verified && binding !== 'disable',
    requireChannelBinding: security.verified && binding === 'require',
  };
}

// `system` is libpq's word for the certificates the machine trusts, which is what Node does without a `ca`.
function certificateOf(
  path: string | undefined,
  ca: string | undefined,
  read: (path: string) => string,
): string | undefined | null {
  if (path === undefined) return ca;
  if (path === 'system') return undefined;
  try {
    return read(path);
  } catch {
    return null;
  }
}
