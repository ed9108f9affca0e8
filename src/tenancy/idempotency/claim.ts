import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { TenantContextValue } from '../tenant-context.js';
import { fingerprintOf } from './fingerprint.js';
import { parseIdempotencyKey } from './idempotency-key.js';
import { idempotencyProblems } from './idempotency.problems.js';

/** What a request with an Idempotency-Key lays claim to. */
export interface Claim {
  tenantId: string;
  /** Of the row: derived from tenant, principal, route and key. */
  id: string;
  /** Of the advisory lock, a signed 64-bit number. */
  lock: string;
  /** What was asked for. */
  fingerprint: Buffer;
  key: string;
}

/** Undefined for a request that brings no key, or is no POST. Throws `IDEMPOTENCY_KEY_INVALID`. */
export function claimOf(request: FastifyRequest, { tenantId, actor }: TenantContextValue): Claim | undefined {
  const { method, url, headers, body, routeOptions } = request;
  const header = headers['idempotency-key'];
  if (header === undefined || method !== 'POST') return undefined;
  const key = parseIdempotencyKey(String(header));
  if (key === undefined) throw idempotencyProblems.keyInvalid();
  const digest = createHash('sha256')
    .update(JSON.stringify([tenantId, actor.type, actor.id, routeOptions.url, key]))
    .digest();
  return {
    tenantId,
    id: uuidOf(digest),
    lock: String(digest.readBigInt64BE(16)),
    fingerprint: fingerprintOf(method, url, body),
    key,
  };
}

/** The first 16 bytes as a UUIDv8: bits of our own choice (RFC 9562, 5.8). */
function uuidOf(digest: Buffer): string {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
