import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from '@redis/client';
import { type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { RedisServer, freePort, hasRedis } from './redis-server.js';

const environment = {
  RATE_LIMITS: 'free=1000000,pro=1000000,enterprise=1000000',
  RATE_LIMIT_CREDENTIAL_PERCENT: '100',
};

(hasRedis() ? describe : describe.skip)('rate limits shared by Redis', () => {
  let redis: RedisServer;
  let first: TestApp;
  let second: TestApp;
  beforeAll(async () => {
    redis = await RedisServer.start();
    first = await createTestApp({ environment: { ...environment, REDIS_URL: redis.url } });
    second = await createTestApp({ sharing: first, environment: { ...environment, REDIS_URL: redis.url } });
  });
  afterAll(async () => {
    await first.close();
    await second.close();
    await redis.kill();
  });

  /** Sends one request and answers how many the tenant has left. */
  const left = async (api: TestApp, as = api.acme.apiKey): Promise<number> => {
    const { status, headers } = await api.call('GET', '/v1/notes', { as });
    expect(status).toBe(200);
    return Number(/"tenant";r=(\d+)/.exec(String(headers['ratelimit']))![1]);
  };
  /** Requests of both processes count down one number. */
  const expectShared = () =>
    eventually(async () => {
      const before = await left(first);
      expect([await left(second), await left(first)]).toEqual([before - 1, before - 2]);
    }, 15_000);
  /** Each process counts alone: what the other sends is not seen. */
  const expectAlone = async () => {
    const before = await left(first);
    for (let i = 0; i < 3; i++) await left(second);
    expect(await left(first)).toBe(before - 1);
  };

  it('are one budget for all processes, under keys of our own that expire', async () => {
    await expectShared();
    const client = await createClient({ url: redis.url }).connect();
    const keys = (await client.keys('*')).sort();
    expect(keys).toEqual([
      expect.stringMatching(new RegExp(`^rowhouse:rate:credential:${first.acme.id}:[0-9a-f-]{36}$`)),
      `rowhouse:rate:tenant:${first.acme.id}`,
    ]);
    for (const key of keys) expect(await client.ttl(key)).toBeGreaterThan(0);
    client.destroy();
  });

  it('refuse in one process what another has used up, without asking Redis again', async () => {
    const few = { RATE_LIMITS: 'free=10,pro=10,enterprise=10', RATE_LIMIT_CREDENTIAL_PERCENT: '50' };
    const apps = [];
    for (let i = 0; i < 2; i++)
      apps.push(await createTestApp({ sharing: first, environment: { ...few, REDIS_URL: redis.url } }));
    const [one, two] = apps as [TestApp, TestApp];
    for (let i = 0; i < 5; i++) await left(i % 2 ? one : two, first.globex.apiKey);
    const send = () => two.call('GET', '/v1/notes', { as: first.globex.apiKey });
    expect((await send()).body.code).toBe('RATE_LIMITED');
    const client = await createClient({ url: redis.url }).connect();
    const counted = () => client.get(`rowhouse:rate:tenant:${first.globex.id}`);
    const before = await counted();
    for (let i = 0; i < 5; i++) expect((await send()).status).toBe(429);
    expect(await counted()).toBe(before);
    client.destroy();
    for (const app of apps) await app.close();
  });

  it.each([
    ['is stopped', () => redis.signal('SIGSTOP'), () => redis.signal('SIGCONT')],
    ['is killed', () => redis.kill(), () => redis.run()],
  ])(
    'become local while Redis %s, requests go on, and one line tells of it',
    async (_, stop, start) => {
      await expectShared();
      const told: string[] = [];
      const tell = ({ msg }: { msg?: string }) => void told.push(String(msg));
      first.app.useLogger({ log: tell, warn: tell, error: tell }); // of both: Nest has one
      await stop();
      await Promise.all(Array.from({ length: 50 }, () => left(first)));
      await Promise.all(Array.from({ length: 50 }, () => left(second)));
      await expectAlone();
      expect(told.filter((line) => line.includes('Redis is lost'))).toHaveLength(2); // one of each process
      await start();
      await expectShared();
      expect(told.filter((line) => line.includes('Redis'))).toHaveLength(4);
    },
    30_000,
  );

  it('keep a credential that floods from using up its tenant, also while Redis is away', async () => {
    const REDIS_URL = `redis://127.0.0.1:${await freePort()}`;
    const few = { RATE_LIMITS: 'free=10,pro=10,enterprise=10', RATE_LIMIT_CREDENTIAL_PERCENT: '50' };
    const alone = await createTestApp({ sharing: first, environment: { ...few, REDIS_URL } });
    const url = `/v1/admin/tenants/${first.globex.id}/api-keys`;
    const other = await first.call('POST', url, { as: first.operator.apiKey, body: { name: 'other' } });
    const flood = () => alone.call('GET', '/v1/notes', { as: first.globex.apiKey });
    await Promise.all(Array.from({ length: 20 }, flood));
    expect(await left(alone, other.body.apiKey)).toBe(4);
    await alone.close();
  });

  it.each(['nobody listens', 'the password is wrong'])('do not stop the start where %s', async (fault) => {
    const REDIS_URL =
      fault === 'nobody listens'
        ? `redis://127.0.0.1:${await freePort()}`
        : redis.url.replace('secret', 'wrong');
    const alone = await createTestApp({ sharing: first, environment: { ...environment, REDIS_URL } });
    expect(await left(alone)).toBe(999_999);
    expect(await left(alone)).toBe(999_998);
    await alone.close();
  });
});
