import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const PUBLIC_ID_BYTES = 10;
const SECRET_BYTES = 32;
const KEY = /^rh_([0-9a-f]{20})_([0-9a-f]{64})$/;

/** A key as its owner sees it, once: `rh_<public id>_<secret>`; all lower-case hexadecimal. */
export interface IssuedKey {
  publicId: string;
  /** SHA-256 of the secret; what the database keeps. */
  digest: Buffer;
  /** The whole key. */
  text: string;
}

/** A new key, or a new secret for the key with this public id. */
export function issueKey(publicId = randomBytes(PUBLIC_ID_BYTES).toString('hex')): IssuedKey {
  const secret = randomBytes(SECRET_BYTES).toString('hex');
  return { publicId, digest: digestOf(secret), text: `rh_${publicId}_${secret}` };
}

/** Is this meant to be a key, rather than a token of an identity provider? */
export const isApiKey = (credential: string): boolean => credential.startsWith('rh_');

/** The parts of a well-formed key; undefined for anything else. */
export function parseKey(text: string): { publicId: string; digest: Buffer } | undefined {
  const [, publicId, secret] = KEY.exec(text) ?? [];
  return publicId && secret ? { publicId, digest: digestOf(secret) } : undefined;
}

/** The secrets carry 256 random bits, so a plain digest is enough: there is nothing to guess. */
const digestOf = (secret: string) => createHash('sha256').update(secret).digest();

export interface KeyState {
  secretDigest: Buffer;
  previousDigest: Buffer | null;
  previousExpiresAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
}

/** Does this secret open the key now? Digests are compared in constant time. */
export function checkKey(key: KeyState, digest: Buffer, now: Date): 'valid' | 'invalid' | 'expired' {
  const isCurrent = timingSafeEqual(key.secretDigest, digest);
  const isPrevious =
    key.previousDigest !== null &&
    timingSafeEqual(key.previousDigest, digest) &&
    isAfter(key.previousExpiresAt, now);
  if (key.revokedAt !== null || !(isCurrent || isPrevious)) return 'invalid';
  return key.expiresAt === null || isAfter(key.expiresAt, now) ? 'valid' : 'expired';
}

const isAfter = (instant: string | null, now: Date) => instant !== null && new Date(instant) > now;
