import { join } from 'node:path';
import { type JWK, SignJWT, exportJWK, generateKeyPair, importJWK } from 'jose';
import { readIfExists, replaceFile } from './local-file.js';

/** Who signs the tokens of the demo people. */
export const DEMO_ISSUER = 'urn:rowhouse:demo';
const AUDIENCE = 'rowhouse';
const ALGORITHM = 'ES256';
const LIFETIME = '12h';

/** Plays the identity provider of a developer who has none: its tokens are accepted by this folder's server only. */
export interface DemoIssuer {
  issuer: string;
  /** For `JWT_ISSUERS`. */
  setting: string;
  /** A token of this person, for half a day. */
  sign(subject: string): Promise<string>;
}

/** Its key is made once, readable by the owner of the folder only. */
export async function demoIssuer(folder: string): Promise<DemoIssuer> {
  const privateJwk = await readOrMakeKey(join(folder, 'demo-issuer-key.json'));
  const jwksFile = join(folder, 'demo-issuer-jwks.json');
  const { d: _secret, ...publicJwk } = privateJwk;
  await replaceFile(jwksFile, JSON.stringify({ keys: [publicJwk] }));
  const key = await importJWK(privateJwk, ALGORITHM);
  return {
    issuer: DEMO_ISSUER,
    setting: JSON.stringify([
      { issuer: DEMO_ISSUER, jwksFile, audience: [AUDIENCE], algorithms: [ALGORITHM] },
    ]),
    sign: (subject) =>
      new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setIssuer(DEMO_ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime(LIFETIME)
        .sign(key),
  };
}

async function readOrMakeKey(file: string): Promise<JWK> {
  const known = await readIfExists(file);
  if (known !== undefined) return JSON.parse(known) as JWK;
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  await replaceFile(file, JSON.stringify(jwk));
  return jwk;
}
