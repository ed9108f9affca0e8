import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import type { Pool } from 'pg';
import { CONTROL_POOL, TENANT_POOL } from '../../src/database/index.js';
import { TestIssuer, type TokenOptions } from '../support/token-issuer.js';
import { type PeopleApp, createPeopleApp } from './people.js';

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token', () => {
  let api: PeopleApp;
  let stranger: TestIssuer;
  beforeAll(async () => {
    api = await createPeopleApp({ requiredClaims: ['azp'], authorizedParties: ['web'] });
    stranger = await TestIssuer.start();
  });
  afterAll(async () => {
    await stranger.down();
    await api.close();
  });

  const sign = (options: TokenOptions = {}) =>
    api.issuer.sign({ ...options, claims: { azp: 'web', ...options.claims } });
  const me = (as: string) => api.call('GET', '/v1/me', { as });

  it('that is right is a person, who need not be in a tenant', async () => {
    const { status, body } = await me(await sign({ subject: 'user_new' }));
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        principal: { kind: 'user', id: null, name: 'user_new' },
        tenant: null,
        scopes: [],
        memberships: [],
      },
    });
  });

  it.each(['at+jwt', 'application/at+jwt', 'jwt'])('may be of the type %s', async (typ) => {
    expect(await me(await sign({ header: { typ } }))).toMatchObject({ status: 200 });
  });

  const unsigned = (header: object, payload: object) => `${base64(header)}.${base64(payload)}.`;
  const inAMinute = () => Math.floor(Date.now() / 1_000) + 60;
  const claims = () => ({
    iss: api.issuer.issuer,
    sub: 'user_1',
    aud: 'rowhouse',
    azp: 'web',
    exp: inAMinute(),
  });

  const refused: [string, () => Promise<string> | string, string?][] = [
    ['with alg none', () => unsigned({ alg: 'none', typ: 'JWT' }, claims())],
    ['with alg None', () => unsigned({ alg: 'None', typ: 'JWT' }, claims())],
    ['without a signature', async () => (await sign()).replace(/[^.]+$/, '')],
    [
      'signed with the public key as a shared secret',
      () => {
        const { publicJwk, kid } = api.issuer.keys[0]!;
        const head = `${base64({ alg: 'HS256', typ: 'JWT', kid })}.${base64(claims())}`;
        return `${head}.${createHmac('sha256', JSON.stringify(publicJwk)).update(head).digest('base64url')}`;
      },
    ],
    [
      'whose claims were changed',
      async () => (await sign()).replace(/\.[^.]+\./, `.${base64({ ...claims(), sub: 'admin' })}.`),
    ],
    [
      "signed with a stranger's key under a known id",
      () => stranger.sign({ claims: { azp: 'web' }, header: { kid: api.issuer.keys[0]!.kid } }),
    ],
    [
      'that brings its own key',
      () => stranger.sign({ claims: { azp: 'web' }, header: { jwk: stranger.keys[0]!.publicJwk } }),
    ],
    [
      'that says where its key is',
      () => stranger.sign({ claims: { azp: 'web' }, header: { jku: stranger.jwksUrl } }),
    ],
    ['of another issuer', () => sign({ claims: { iss: 'https://evil.example' } })],
    ['for another audience', () => sign({ claims: { aud: 'billing' } })],
    ['without an audience', () => sign({ claims: { aud: undefined } })],
    ['of another party', () => sign({ claims: { azp: 'cli' } })],
    ['without a required claim', () => sign({ claims: { azp: undefined } })],
    ['that never expires', () => sign({ expiresIn: null })],
    ['that has expired', () => sign({ expiresIn: -60 }), 'CREDENTIAL_EXPIRED'],
    ['that is not valid yet', () => sign({ claims: { nbf: inAMinute() } })],
    ['without a subject', () => sign({ claims: { sub: undefined } })],
    ['with a subject of 256 characters', () => sign({ subject: 'a'.repeat(256) })],
    ['with half a character in its subject', () => sign({ subject: 'user\ud800' })],
    ['with a NUL in its subject', () => sign({ subject: 'user\u0000' })],
    ['of the wrong type', () => sign({ header: { typ: 'logout+jwt' } })],
    ['without a type', () => sign({ header: { typ: undefined } })],
    ['with an unknown critical header', () => sign({ header: { crit: ['urn:unknown'], 'urn:unknown': 1 } })],
    ['that is no token', () => 'a.b.c'],
    ['that is text', () => 'hello'],
    ['that is very long', () => `${'a'.repeat(5_000)}.${'b'.repeat(5_000)}.c`],
  ];

  it.each(refused)('%s is refused, without a connection', async (_, make, code = 'CREDENTIAL_INVALID') => {
    const as = await make();
    const pools = [TENANT_POOL, CONTROL_POOL].map((pool) => api.app.get<Pool>(pool));
    let taken = 0;
    const count = () => taken++;
    for (const pool of pools) pool.on('acquire', count);
    const answers = [await me(as), await api.call('GET', '/v1/notes', { as })];
    for (const pool of pools) pool.off('acquire', count);
    for (const { status, body, headers } of answers) {
      expect({ status, code: body.code }).toEqual({ status: 401, code });
      expect(headers['www-authenticate']).toContain('error="invalid_token"');
    }
    expect(taken).toBe(0);
  });

  it('of a person without a tenant is refused by every route of tenants', async () => {
    const as = await sign({ subject: 'user_new' });
    expect(await api.call('GET', '/v1/notes', { as })).toMatchObject({
      status: 403,
      body: { code: 'NOT_A_MEMBER' },
    });
  });
});
