import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { createTestDatabase } from '../support/database.js';
import { WireProxy } from '../support/wire-proxy.js';

describe('the line is cut while COMMIT is under way', () => {
  let proxy: WireProxy;
  let api: TestApp;
  beforeAll(async () => {
    const database = await createTestDatabase();
    const url = new URL(database.tenantUrl);
    proxy = await WireProxy.before(url.hostname, Number(url.port));
    url.host = `127.0.0.1:${proxy.port}`;
    api = await createTestApp({ database, environment: { DATABASE_URL: url.href } });
  });
  afterAll(async () => {
    await api.close();
    await proxy.close();
    await api.database.drop();
  });
  const create = (name: string) =>
    api.call('POST', '/v1/api-keys', {
      as: api.acme.apiKey,
      headers: { 'idempotency-key': name },
      body: { name },
    });
  const stored = async (name: string) =>
    (await api.database.query('SELECT public_id FROM api_keys WHERE name = $1', [name])).rows;

  it.each([
    { outcome: 'it had reached the server', isDelivered: true },
    { outcome: 'it had not', isDelivered: false },
  ])('$outcome: the retry finds out, and there is one effect', async ({ isDelivered }) => {
    const name = `delivered-${isDelivered}`;
    proxy.cutAt = { text: 'COMMIT', isDelivered };
    expect(await create(name)).toMatchObject({ status: 503, body: { code: 'COMMIT_OUTCOME_UNKNOWN' } });
    const { status, headers, body } = await create(name);
    expect(status).toBe(201);
    expect(headers['idempotent-replayed']).toBe(isDelivered ? 'true' : undefined);
    expect(await stored(name)).toEqual([{ public_id: body.publicId }]);
  });
});
