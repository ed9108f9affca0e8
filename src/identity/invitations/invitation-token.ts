import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
const TOKEN = /^inv_[A-Za-z0-9_-]{43}$/;

/** `inv_` and 256 random bits. It stands in the mail only; the database keeps the digest. */
export function issueToken(): { token: string; digest: Buffer } {
  const token = `inv_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
  return { token, digest: digestOf(token) };
}

/** SHA-256: of 256 random bits there is nothing to guess. */
export const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();

export const INVITATION_TOKEN = TOKEN;
