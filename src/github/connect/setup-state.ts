import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long somebody may take on GitHub's pages. */
export const STATE_LIFETIME_MS = 600_000;

const MAC_BYTES = 32;
const NONCE_BYTES = 16;

/** Who began to connect an installation: it comes back from GitHub with them, and with nobody else. */
export interface SetupState {
  tenantId: string;
  /** Of the principal, a person or a key. */
  actorId: string;
  /** Makes it count once. */
  nonce: string;
  expiresAt: Date;
}

export const newSetupState = (tenantId: string, actorId: string, now: Date): SetupState => ({
  tenantId,
  actorId,
  nonce: randomBytes(NONCE_BYTES).toString('base64url'),
  expiresAt: new Date(now.getTime() + STATE_LIFETIME_MS),
});

/** `<what it says>.<HMAC>`, for a URL. It is no secret to whoever began, and gives no access by itself. */
export function signState({ tenantId, actorId, nonce, expiresAt }: SetupState, key: Buffer): string {
  const said = Buffer.from(JSON.stringify([tenantId, actorId, nonce, expiresAt.getTime()])).toString(
    'base64url',
  );
  return `${said}.${macOf(said, key).toString('base64url')}`;
}

/** Undefined: it was not made here, was altered, or is over. */
export function readState(text: string, key: Buffer, now: Date): SetupState | undefined {
  const [said = '', signature = '', ...more] = text.split('.');
  const mac = Buffer.from(signature, 'base64url');
  if (more.length > 0 || mac.length !== MAC_BYTES || !timingSafeEqual(mac, macOf(said, key)))
    return undefined;
  // Ours, from here on.
  const [tenantId, actorId, nonce, expiresAtMs] = JSON.parse(Buffer.from(said, 'base64url').toString()) as [
    string,
    string,
    string,
    number,
  ];
  const expiresAt = new Date(expiresAtMs);
  return expiresAt > now ? { tenantId, actorId, nonce, expiresAt } : undefined;
}

/** The key of states, of the App's client secret: nobody need keep another one, and it is used for nothing else. */
export const stateKeyOf = (clientSecret: string): Buffer =>
  createHmac('sha256', clientSecret).update('rowhouse github setup state').digest();

const macOf = (said: string, key: Buffer): Buffer => createHmac('sha256', key).update(said).digest();
