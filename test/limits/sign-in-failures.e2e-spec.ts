import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { CONTROL_POOL } from '../../src/database/index.js';
import { issueKey } from '../../src/identity/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';

const environment = { RATE_LIMIT_FAILED_SIGN_INS: '3' };

describe('credentials that are not valid, three a minute', () => {
  let first: TestApp;
  let api: TestApp;
  beforeEach(async () => {
    await api?.close();
    first ??= await createTestApp({ environment });
    api = await createTestApp({ environment, sharing: first });
  });
  afterAll(async () => {
    await api.close();
    await first.close();
  });

  const send = async (apiKey: string, remoteAddress = '192.0.2.1', headers = {}, app = api) => {
    const authorization = `Bearer ${apiKey}`;
    const answer = await app.app.inject({
      url: '/v1/me',
      remoteAddress,
      headers: { authorization, ...headers },
    });
    return { status: answer.statusCode, code: answer.json().code, headers: answer.headers };
  };
  const random = () => issueKey().text;
  const exhaust = async (address?: string, headers?: object) => {
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push((await send(random(), address, headers)).code);
    return answers;
  };

  it('are answered 429 from then on, to that address alone', async () => {
    const three = Array(3).fill('CREDENTIAL_INVALID');
    expect(await exhaust()).toEqual([...three, 'RATE_LIMITED']);
    const malformed = await send('nonsense');
    expect(malformed).toMatchObject({
      status: 429,
      headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
    });
    expect((await send(random(), '192.0.2.2')).status).toBe(401);
  });

  it('are no longer looked up: random keys do not reach the control pool', async () => {
    await exhaust();
    const acquired: unknown[] = [];
    api.app.get<Pool>(CONTROL_POOL).on('acquire', (client) => acquired.push(client));
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(random())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([429]));
    expect(acquired).toEqual([]);
  });

  it('do not hurt who has a good one behind the same address, even when its cache entry is gone', async () => {
    expect((await send(api.acme.apiKey)).status).toBe(200);
    await exhaust();
    expect((await send(api.acme.apiKey)).status).toBe(200);
    const lookUps: unknown[] = [];
    api.app.get<Pool>(CONTROL_POOL).on('acquire', (client) => lookUps.push(client));
    await api.database.query("SELECT pg_notify('rowhouse_api_key', public_id) FROM api_keys");
    await eventually(async () => {
      expect((await send(api.acme.apiKey)).status).toBe(200);
      expect(lookUps).not.toEqual([]);
    });
  });

  it('count for the network of an IPv6 address, not for the address', async () => {
    await exhaust('2001:db8:1:2::1');
    expect((await send(random(), '2001:db8:1:2:ffff::7')).status).toBe(429);
    expect((await send(random(), '2001:db8:2:2::1')).status).toBe(401);
  });

  it('are no failure where none was sent', async () => {
    const missing = () => api.call('GET', '/v1/me');
    for (let i = 0; i < 5; i++) expect((await missing()).body.code).toBe('CREDENTIAL_MISSING');
    expect((await send(random())).status).toBe(401);
  });

  it('belong to whom a trusted proxy names, and to nobody whom a client invents', async () => {
    const claim = (ip: string) => ({ 'x-forwarded-for': ip });
    await exhaust('192.0.2.1', claim('198.51.100.1'));
    expect((await send(random(), '192.0.2.1', claim('198.51.100.2'))).status).toBe(429);

    const behind = await createTestApp({
      sharing: first,
      environment: { ...environment, TRUST_PROXY: '10.0.0.0/8' },
    });
    const through = (ip: string, peer = '10.0.0.1') => send(random(), peer, claim(ip), behind);
    for (let i = 0; i < 3; i++) await through('198.51.100.1');
    expect((await through('198.51.100.1')).status).toBe(429);
    expect((await through('198.51.100.2')).status).toBe(401);
    expect((await through('198.51.100.1', '192.0.2.1')).status).toBe(401);
    await behind.close();
  });
});
