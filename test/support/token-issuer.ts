import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type JWK, SignJWT, exportJWK, generateKeyPair } from 'jose';

type Alg = 'RS256' | 'ES256' | 'EdDSA';

interface SigningKey {
  kid: string;
  alg: Alg;
  publicJwk: JWK;
  privateKey: CryptoKey;
}

export interface TokenOptions {
  subject?: string;
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  /** Sign with this key instead of the newest. */
  key?: SigningKey;
  /** Seconds from now; null leaves `exp` out. */
  expiresIn?: number | null;
}

/** An identity provider of the test's own: signs tokens, serves its keys over HTTP, rotates them, goes down, comes back. */
export class TestIssuer {
  readonly keys: SigningKey[] = [];
  /** How often the keys were asked for. */
  asked = 0;
  /** What is answered instead of the keys. */
  answer: { status: number; body: string } | undefined;
  private server = createServer();
  private port = 0;

  private constructor(readonly issuer: string) {}

  static async start(issuer = 'https://id.example.test'): Promise<TestIssuer> {
    const made = new TestIssuer(issuer);
    await made.rotate();
    await made.up();
    return made;
  }

  get jwksUrl(): string {
    return `http://127.0.0.1:${this.port}/jwks`;
  }

  /** The `JWT_ISSUERS` entry. */
  settings(more: Record<string, unknown> = {}): Record<string, unknown> {
    return { issuer: this.issuer, jwksUrl: this.jwksUrl, audience: ['rowhouse'], ...more };
  }

  /** Adds a key, which signs from now on. */
  async rotate(alg: Alg = 'RS256'): Promise<SigningKey> {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    const kid = randomUUID();
    const key = {
      kid,
      alg,
      privateKey,
      publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
    };
    this.keys.push(key);
    return key;
  }

  sign({
    subject = 'user_1',
    claims = {},
    header = {},
    key = this.keys.at(-1)!,
    expiresIn = 60,
  }: TokenOptions = {}) {
    const now = Math.floor(Date.now() / 1_000);
    const token = new SignJWT({ aud: 'rowhouse', ...claims })
      .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT', ...header })
      .setIssuer(this.issuer)
      .setSubject(subject)
      .setIssuedAt(now);
    return (expiresIn === null ? token : token.setExpirationTime(now + expiresIn)).sign(key.privateKey);
  }

  /** On the port it had before, if any. */
  async up(): Promise<void> {
    this.server = createServer((_, response) => {
      this.asked++;
      const { status, body } = this.answer ?? {
        status: 200,
        body: JSON.stringify({ keys: this.keys.map(({ publicJwk }) => publicJwk) }),
      };
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async down(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
