import { createHmac, timingSafeEqual } from 'node:crypto';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/**
 * Is this `X-Hub-Signature-256` the HMAC-SHA256 of exactly these bytes, under one of the secrets? Several, so that one can
 * be replaced while GitHub still signs with the other. Takes the same time whatever is wrong, and copies nothing.
 */
export function isSigned(body: Buffer, header: string, secrets: readonly string[]): boolean {
  const [, hex] = SIGNATURE.exec(header) ?? [];
  if (hex === undefined) return false;
  const signature = Buffer.from(hex, 'hex');
  return secrets
    .map((secret) => timingSafeEqual(createHmac('sha256', secret).update(body).digest(), signature))
    .includes(true);
}
