import { isIPv4 } from 'node:net';

/** Whether to speak TLS, or why neither answer would be what the URL asks for. */
export type TransportSecurity = { verified: boolean } | { refused: string };

const VERIFIED = ['require', 'verify-ca', 'verify-full'];
const UNPROTECTED = ['disable', 'allow', 'prefer'];
const REMEDY = 'use sslmode=verify-full (with sslrootcert or DATABASE_CA where the CA is a private one)';

/**
 * `require` and `verify-ca` become `verify-full`: node-postgres can do it at no cost, and hosted PostgreSQL hands out
 * `sslmode=require`, which libpq would take as "encrypt, but to whomever answers".
 * https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-SSLMODE-STATEMENTS
 */
export function transportSecurity(
  sslmode: string | undefined,
  host: string,
  isProduction: boolean,
): TransportSecurity {
  if (sslmode === 'no-verify') return { refused: `must not skip the certificate check: ${REMEDY}` };
  // As in libpq: PostgreSQL never speaks TLS on a Unix socket, which only this machine can reach anyway.
  if (sslmode !== undefined && VERIFIED.includes(sslmode)) return { verified: !isSocket(host) };
  if (sslmode !== undefined && !UNPROTECTED.includes(sslmode)) {
    return { refused: `has an sslmode that does not exist: ${REMEDY}` };
  }
  if (isLocalHost(host)) return { verified: false };
  if (isProduction)
    return { refused: `needs verified TLS to a host that is not local in production: ${REMEDY}` };
  if (sslmode === undefined || sslmode === 'disable') return { verified: false };
  return {
    refused: `has an sslmode that promises nothing: ${REMEDY}, or sslmode=disable outside production`,
  };
}

/** Only this machine can be there. */
export function isLocalHost(host: string): boolean {
  return (
    isSocket(host) || host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
  );
}

function isSocket(host: string): boolean {
  return host.startsWith('/');
}
