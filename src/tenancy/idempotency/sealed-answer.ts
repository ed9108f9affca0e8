import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** What was sent, byte by byte; a body only where there was one. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body?: string;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts an answer under the client's Idempotency-Key, of which the database has only a digest: an answer may hold a
 * secret that is shown once, and a copy of the database must not show it again. As strong as the key is hard to guess.
 * `id` binds the text to its row.
 */
export function sealAnswer(answer: Answer, idempotencyKey: string, id: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, secretOf(idempotencyKey, id), nonce);
  const text = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** Throws where the key is another, or a byte was changed. */
export function unsealAnswer(sealed: Buffer, idempotencyKey: string, id: string): Answer {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(ALGORITHM, secretOf(idempotencyKey, id), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const text = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  return JSON.parse(text.toString('utf8')) as Answer;
}

const secretOf = (idempotencyKey: string, id: string) =>
  Buffer.from(hkdfSync('sha256', idempotencyKey, id, 'rowhouse idempotent answer', 32));
