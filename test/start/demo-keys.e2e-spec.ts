import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoKeys, readDemoKeys } from '../../src/local/demo-keys.js';
import { type TestApp, createTestApp } from '../support/app.js';

describe('the keys that npm start tells', () => {
  let testApp: TestApp;
  beforeAll(async () => {
    testApp = await createTestApp();
  });
  afterAll(() => testApp.close());

  const start = (last?: Awaited<ReturnType<typeof demoKeys>>) => demoKeys(testApp.app, last);
  const change = (statement: string, apiKey: string) =>
    testApp.database.query(`UPDATE api_keys SET ${statement} WHERE public_id = $1`, [apiKey.split('_')[1]]);

  it('are those of the last start', async () => {
    const first = await start();
    expect(first.tenants.map(({ slug }) => slug)).toEqual(['acme', 'globex', 'pivotal-flow']);
    expect(await start(first)).toEqual(first);
  });

  it('are read as they were written, and not at all where somebody changed the file', async () => {
    const text = JSON.stringify({ baseUrl: 'http://127.0.0.1:3000', ...(await start()) }, null, 2);
    const { tenants, operator } = JSON.parse(text);
    expect(readDemoKeys(text)).toEqual({ tenants, operator });
    for (const other of [text.slice(0, 100), '', 'null', '{}', JSON.stringify({ tenants, operator: {} })])
      expect(readDemoKeys(other)).toBeUndefined();
  });

  it.each([
    ['is revoked', 'revoked_at = now()'],
    ['lacks a scope that came since', `scopes = '{tenant:read}'`],
  ])('are new where the last one %s, and only there', async (_, statement) => {
    const first = await start();
    const [acme, ...others] = first.tenants;
    await change(statement, acme!.apiKey);
    const second = await start(first);
    expect(second).toEqual({ ...first, tenants: [{ ...acme, apiKey: expect.any(String) }, ...others] });
    expect(second.tenants[0]!.apiKey).not.toBe(acme!.apiKey);
    expect(await start(second)).toEqual(second);
  });

  it('are those of the last start where a tenant is suspended', async () => {
    const first = await start();
    await testApp.database.query(`UPDATE tenants SET status = 'suspended' WHERE slug = 'globex'`);
    expect(await start(first)).toEqual(first);
  });

  it('are new where the database is', async () => {
    await testApp.database.query(`UPDATE tenants SET status = 'active'`);
    const elsewhere = await start();
    await testApp.database.query('TRUNCATE api_keys');
    const { tenants, operator } = await start(elsewhere);
    for (const apiKey of [operator.apiKey, ...tenants.map((tenant) => tenant.apiKey)])
      expect(await testApp.call('GET', '/v1/me', { as: apiKey })).toMatchObject({ status: 200 });
  });
});
