import { Injectable, Logger } from '@nestjs/common';
import { eq, sql } from 'drizzle-orm';
import { Config } from '../../config/index.js';
import { ChangeListener, ControlDatabase, LiveCache, Transactions } from '../../database/index.js';
import { SignInFailures } from '../../limits/index.js';
import { checkKey, parseKey } from '../api-keys/api-key-secret.js';
import { apiKeys } from '../api-keys/api-keys.schema.js';
import { identityProblems } from '../identity.problems.js';
import type { Principal } from '../principal.js';

/** What of a key decides; never more, since it is kept in memory. */
const COLUMNS = {
  tenantId: apiKeys.tenantId,
  id: apiKeys.id,
  name: apiKeys.name,
  scopes: apiKeys.scopes,
  secretDigest: apiKeys.secretDigest,
  previousDigest: apiKeys.previousDigest,
  previousExpiresAt: apiKeys.previousExpiresAt,
  expiresAt: apiKeys.expiresAt,
  revokedAt: apiKeys.revokedAt,
};

type KeyRow = Pick<typeof apiKeys.$inferSelect, keyof typeof COLUMNS>;

/** `last_used_at` is written at most this often for a key. */
const LAST_USED_EVERY_MS = 60_000;

/** Turns an API key into a principal. Looks keys up through the control pool; the tenant pool is never touched. */
@Injectable()
export class ApiKeyAuthenticator {
  private readonly logger = new Logger('Authentication');
  private readonly cache: LiveCache<KeyRow>;
  private readonly lastUsed = new WeakMap<KeyRow, number>();

  constructor(
    private readonly db: ControlDatabase,
    private readonly transactions: Transactions,
    private readonly failures: SignInFailures,
    listener: ChangeListener,
    config: Config,
  ) {
    this.cache = new LiveCache('rowhouse_api_key', listener, config.cache, (publicId) =>
      this.transactions.apart(() => this.load(publicId)),
    );
  }

  /** Throws `CREDENTIAL_INVALID`, `CREDENTIAL_EXPIRED`, or `RATE_LIMITED` where the address guesses. */
  async authenticate(text: string, ip: string): Promise<Principal> {
    const presented = parseKey(text);
    const key = presented && (await this.find(presented.publicId, ip));
    if (!key) throw identityProblems.credentialInvalid();
    const verdict = checkKey(key, presented.digest, new Date());
    if (verdict === 'expired') throw identityProblems.credentialExpired();
    if (verdict === 'invalid') throw identityProblems.credentialInvalid();
    this.noteUse(key);
    return { kind: 'api_key', id: key.id, name: key.name, tenantId: key.tenantId, scopes: key.scopes };
  }

  /** It was rotated or revoked: this instance knows at once, the others by notification. */
  forget(publicId: string): void {
    this.cache.forget(publicId);
  }

  private async find(publicId: string, ip: string): Promise<KeyRow | undefined> {
    if (!this.cache.knows(publicId)) await this.failures.refuseExhausted(ip);
    return this.cache.get(publicId);
  }

  private load(publicId: string): Promise<KeyRow | undefined> {
    return this.transactions.withControl({ access: 'read' }, async () => {
      const [row] = await this.db.select(COLUMNS).from(apiKeys).where(eq(apiKeys.publicId, publicId));
      return row;
    });
  }

  /** In the background: a request never waits for it, and a failure costs nothing but the date. */
  private noteUse(key: KeyRow): void {
    const now = Date.now();
    if (now - (this.lastUsed.get(key) ?? 0) < LAST_USED_EVERY_MS) return;
    this.lastUsed.set(key, now);
    const write = () =>
      this.db
        .update(apiKeys)
        .set({ lastUsedAt: sql`now()`, updatedAt: sql`${apiKeys.updatedAt}` })
        .where(
          sql`${apiKeys.id} = ${key.id} and ${apiKeys.tenantId} = ${key.tenantId} and coalesce(${apiKeys.lastUsedAt}, '-infinity') < now() - interval '1 minute'`,
        );
    this.transactions
      .withControl({ access: 'write' }, async () => void (await write()))
      .catch((error: Error) =>
        this.logger.warn({ msg: 'last use of an API key not written', reason: error.message }),
      );
  }
}
