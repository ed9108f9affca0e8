import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const UUID_BYTES = 16;
const TOKEN = /^quo_[A-Za-z0-9_-]{64}$/;
const UUID = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/** Where a token leads, and what is kept of it. */
export interface LinkToken {
  tenantId: string;
  digest: Buffer;
}

/**
 * A link for a customer, who has no login: `quo_`, then the tenant's id and 256 random bits. The id says in which tenant to
 * look for the digest, so that the look-up passes that tenant's wall like any other query; it gives access to nothing. The
 * token stands in the link only; the database keeps the digest.
 */
export function issueLinkToken(tenantId: string): LinkToken & { token: string } {
  const tenant = Buffer.from(tenantId.replaceAll('-', ''), 'hex');
  const token = `quo_${Buffer.concat([tenant, randomBytes(SECRET_BYTES)]).toString('base64url')}`;
  return { token, tenantId, digest: digestOf(token) };
}

/** What a token that somebody brings would be kept as; undefined: it is none of ours, and no database need be asked. */
export function readLinkToken(token: string): LinkToken | undefined {
  if (!TOKEN.test(token)) return undefined;
  const tenant = Buffer.from(token.slice('quo_'.length), 'base64url').subarray(0, UUID_BYTES);
  return { tenantId: tenant.toString('hex').replace(UUID, '$1-$2-$3-$4-$5'), digest: digestOf(token) };
}

/** SHA-256 of the whole token, so that nobody can bring it with another tenant's id. */
const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();
