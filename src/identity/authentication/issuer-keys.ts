import {
  type FlattenedJWSInput,
  type JWSHeaderParameters,
  type JWTVerifyGetKey,
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
} from 'jose';
import type { TokenIssuer } from '../../config/index.js';

/** An unknown key id asks the issuer at most this often, whether it answers or not: a flood of them costs it nothing. */
const COOL_DOWN_MS = 30_000;
/** Known keys are looked up again after this, in the background: a key that the issuer withdrew stops working. */
const REFRESH_MS = 600_000;
const TIMEOUT_MS = 3_000;

/** The keys cannot be had, and none was ever known: whether a token is right cannot be said. */
export class KeysUnavailable extends Error {}

/** The issuer failed a moment ago and is not asked again yet. */
class CoolingDown extends Error {}

/** The public keys of one issuer. `now` is a clock in milliseconds. */
export const issuerKeys = ({ jwks }: TokenIssuer, now: () => number = Date.now): JWTVerifyGetKey =>
  typeof jwks === 'string' ? new RemoteKeys(new URL(jwks), now).find : createLocalJWKSet(jwks);

/** Fetched when first needed, and again when a token names an unknown one. Known keys keep working while the issuer is down. */
class RemoteKeys {
  private hasKeys = false;
  private fetchedAt = -Infinity;
  private failedAt = -Infinity;
  private readonly remote: ReturnType<typeof createRemoteJWKSet>;

  constructor(
    url: URL,
    private readonly now: () => number,
  ) {
    this.remote = createRemoteJWKSet(url, {
      cooldownDuration: COOL_DOWN_MS,
      cacheMaxAge: Infinity, // else known keys would end with the issuer's first failure
      timeoutDuration: TIMEOUT_MS,
      [customFetch]: (target, options) => this.fetch(target, options),
    });
  }

  readonly find = async (header: JWSHeaderParameters, token: FlattenedJWSInput) => {
    if (this.hasKeys && this.now() - this.fetchedAt > REFRESH_MS) this.refresh();
    try {
      const key = await this.remote(header, token);
      this.hasKeys = true;
      return key;
    } catch (error) {
      if (isVerdict(error)) {
        this.hasKeys = true;
        throw error;
      }
      this.noteFailure(error);
      throw this.hasKeys ? new errors.JWKSNoMatchingKey() : new KeysUnavailable();
    }
  };

  private refresh(): void {
    this.fetchedAt = this.now();
    this.remote.reload().catch((error: unknown) => this.noteFailure(error));
  }

  private fetch(url: string, options: RequestInit): Promise<Response> {
    // jose cools down after a success only.
    if (this.now() - this.failedAt < COOL_DOWN_MS) return Promise.reject(new CoolingDown());
    this.fetchedAt = this.now();
    return fetch(url, options);
  }

  private noteFailure(error: unknown): void {
    if (!(error instanceof CoolingDown)) this.failedAt = this.now();
  }
}

/** The keys are there, and say no. */
const isVerdict = (error: unknown) =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;
