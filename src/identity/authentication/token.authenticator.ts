import { Injectable } from '@nestjs/common';
import { type JWTVerifyGetKey, decodeJwt, errors, jwtVerify } from 'jose';
import { Config, type TokenIssuer } from '../../config/index.js';
import { identityProblems } from '../identity.problems.js';
import { type TokenClaims, readClaims } from './claims.js';
import { KeysUnavailable, issuerKeys } from './issuer-keys.js';

interface Issuer {
  settings: TokenIssuer;
  keys: JWTVerifyGetKey;
}

/** Verifies JWTs (RFC 7519, as RFC 8725 advises) of the configured issuers. Touches no database. */
@Injectable()
export class TokenAuthenticator {
  private readonly issuers: ReadonlyMap<string, Issuer>;

  constructor({ identity }: Config) {
    this.issuers = new Map(
      identity.issuers.map((settings) => [settings.issuer, { settings, keys: issuerKeys(settings) }]),
    );
  }

  /** Throws `CREDENTIAL_INVALID`, `CREDENTIAL_EXPIRED`, or `IDENTITY_PROVIDER_UNAVAILABLE` where it cannot be told. */
  async authenticate(token: string): Promise<TokenClaims> {
    const issuer = this.issuers.get(issuerOf(token) ?? '');
    if (!issuer) throw identityProblems.credentialInvalid();
    const payload = await verify(token, issuer);
    const claims = readClaims(issuer.settings, payload);
    if (!claims) throw identityProblems.credentialInvalid();
    return claims;
  }
}

/** What the token claims, unverified: only chooses whose keys and rules it is verified by. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

async function verify(token: string, { settings, keys }: Issuer) {
  const { audience, algorithms, requiredClaims, clockToleranceSeconds } = settings;
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: settings.issuer,
      ...(audience && { audience }),
      algorithms,
      requiredClaims: ['sub', 'exp', ...requiredClaims],
      clockTolerance: clockToleranceSeconds,
    });
    if (!hasType(settings, protectedHeader.typ) || !isForParty(settings, payload['azp']))
      throw identityProblems.credentialInvalid();
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw identityProblems.credentialExpired();
    if (error instanceof KeysUnavailable) throw identityProblems.identityProviderUnavailable();
    throw identityProblems.credentialInvalid();
  }
}

/** Media types are compared without case, and `application/` may stand before them (RFC 7515, section 4.1.9). */
const hasType = ({ types }: TokenIssuer, typ: string | undefined): boolean =>
  typ !== undefined &&
  types.some((type) => type.toLowerCase() === typ.toLowerCase().replace(/^application\//, ''));

const isForParty = ({ authorizedParties }: TokenIssuer, azp: unknown): boolean =>
  !authorizedParties || (typeof azp === 'string' && authorizedParties.includes(azp));
