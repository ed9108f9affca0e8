import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

const iterations = 4096;

/** What PostgreSQL stores for a password (RFC 5803), so that the clear password never reaches a server's log. */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  // Outside printable ASCII the drivers disagree about SASLprep, and a login would fail in one of them only.
  if (!/^[\x21-\x7e]+$/.test(password))
    throw new Error('A role password must be printable ASCII without spaces');
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest('base64');
  const serverKey = hmac(salted, 'Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
