import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { faultyServer } from './faulty-server.js';
import { rowhouse } from './rowhouse-command.js';

const ASK = ['can-i-deploy', '--service', 'web', '--version', '1.0.0', '--environment', 'production'];
const DEPLOY = ['record-deployment', '--service', 'web', '--version', '1.0.0', '--environment', 'production'];
const YES = { canDeploy: true, pairs: [], summary: { passed: 0, failed: 0, unknown: 0 }, reasons: [] };
const pairOf = (state: string, reason: string | null) => ({
  ...YES,
  canDeploy: state === 'passed',
  pairs: [
    {
      role: 'consumer',
      consumer: { service: 'web', version: '1.0.0' },
      provider: { service: 'orders', version: '2.0.0' },
      state,
      reason,
    },
  ],
  summary: { passed: 0, failed: 0, unknown: 0, [state]: 1 },
  reasons: reason === null ? [] : [reason],
});
const problem = (status: number, code: string, detail = 'In detail.') => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: { title: 'In short', status, code, detail, instance: 'request-7' },
});

describe('a command for pipelines, where the server is at fault', () => {
  let server: Awaited<ReturnType<typeof faultyServer>>;
  beforeAll(async () => (server = await faultyServer()));
  afterAll(() => server.close());

  it('cannot tell where nobody listens', async () => {
    const run = await rowhouse({ ...server, url: 'http://127.0.0.1:2' }, [...ASK, '--timeout', '600ms']);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(/^No answer from http:\/\/127\.0\.0\.1:2: .*ECONNREFUSED/);
  });

  it('cannot tell where the server stays silent until the time is over', async () => {
    server.will('stay silent');
    const run = await rowhouse(server, [...ASK, '--timeout', '300ms']);
    expect(run).toMatchObject({ code: 2, err: `No answer from ${server.url}: it took too long\n` });
    expect(server.seen).toHaveLength(1);
  });

  it('asks again where the connection is cut', async () => {
    server.will('cut the connection', { body: YES });
    expect(await rowhouse(server, ASK)).toMatchObject({ code: 0, err: '' });
    expect(server.seen).toHaveLength(2);
  });

  it('sends a change again under the same idempotency key, and each change under one of its own', async () => {
    server.will('cut the connection', { status: 201, body: { created: true } });
    expect(await rowhouse(server, DEPLOY)).toMatchObject({ code: 0 });
    const [first, second] = server.seen.map(({ headers }) => headers['idempotency-key']);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toBe(first);
    await rowhouse(server, DEPLOY);
    expect(server.seen[2]!.headers['idempotency-key']).not.toBe(first);
  });

  it.each([429, 503])('waits as long as a %s asks for', async (status) => {
    const busy = problem(status, 'BUSY');
    server.will({ ...busy, headers: { ...busy.headers, 'retry-after': '1' } }, { body: YES });
    const start = performance.now();
    expect(await rowhouse(server, ASK)).toMatchObject({ code: 0 });
    expect(performance.now() - start).toBeGreaterThan(1000);
  });

  it('does not wait where it would have to for longer than it may', async () => {
    const limited = problem(429, 'RATE_LIMITED');
    server.will({ ...limited, headers: { ...limited.headers, 'retry-after': '3600' } });
    const run = await rowhouse(server, ASK);
    expect(run).toMatchObject({
      code: 2,
      err: 'In short: In detail. (429 RATE_LIMITED, request request-7)\n',
    });
    expect(server.seen).toHaveLength(1);
  });

  it('tells a 500 at once, in a sentence', async () => {
    server.will(problem(500, 'INTERNAL_ERROR'));
    const run = await rowhouse(server, DEPLOY);
    expect(run).toMatchObject({
      code: 2,
      err: 'In short: In detail. (500 INTERNAL_ERROR, request request-7)\n',
    });
    expect(server.seen).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['HTML', '<html>'],
    ['an empty answer', ''],
    ['null', 'null'],
    ['another object', {}],
    ['pairs that are no list', { ...YES, pairs: 'many' }],
    ['a summary of text', { ...YES, summary: { passed: 'a', failed: 'b', unknown: 'c' } }],
  ])('cannot tell from %s', async (_, body) => {
    server.will({ body });
    const run = await rowhouse(server, ASK);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).not.toContain('    at ');
  });

  it('shows what it can of pairs that have no parts', async () => {
    server.will({ body: { ...YES, canDeploy: false, pairs: [null, { consumer: 7, reason: {} }] } });
    expect(await rowhouse(server, ASK)).toMatchObject({ code: 1, err: '' });
  });

  it('does not take its key along where it is redirected', async () => {
    server.will({ status: 307, headers: { location: `${server.url}/elsewhere` } });
    const run = await rowhouse(server, ASK);
    expect(run).toMatchObject({ code: 2 });
    expect(run.err).toContain('redirect');
    expect(server.seen).toHaveLength(1);
  });

  it('writes out what a terminal would obey', async () => {
    const evil = 'a\u001B[2J\u001B]0;x\u0007\r\nYes: b\u009B1m\u202Ec\u2028';
    server.will({ body: { ...pairOf('failed', evil), reasons: [evil, `${evil}2`] } });
    for (const args of [ASK, [...ASK, '--json']]) {
      const run = await rowhouse(server, args);
      expect(run.code).toBe(1);
      // oxlint-disable-next-line no-control-regex -- that there are none is what is asserted
      expect(run.out + run.err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202E\u2028]/);
      expect(run.out).not.toMatch(/^Yes/m);
    }
    const run = await rowhouse(server, [...ASK, '--json']);
    expect(JSON.parse(run.out).reasons[0]).toBe(evil);
    server.will(problem(409, evil, evil));
    // oxlint-disable-next-line no-control-regex -- as above
    expect((await rowhouse(server, DEPLOY)).err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it('never prints its key, even where the server sends it back', async () => {
    server.will(problem(401, 'CREDENTIAL_INVALID', `The key ${server.apiKey} is unknown.`));
    for (const args of [ASK, [...ASK, '--json']]) {
      const run = await rowhouse(server, args);
      expect(run.code).toBe(2);
      expect(run.out + run.err).toContain('[API key]');
      expect(run.out + run.err).not.toContain(server.apiKey);
    }
  });

  describe('asked to wait for what is not known', () => {
    const unknown = { body: pairOf('unknown', 'NEVER_VERIFIED') };
    const patient = [...ASK, '--retry-while-unknown', '30s'];

    it('asks again until it is yes', async () => {
      server.will(unknown, unknown, { body: pairOf('passed', null) });
      expect(await rowhouse(server, patient)).toMatchObject({
        code: 0,
        err: 'Not known yet; asking again for up to 30 s.\n',
      });
      expect(server.seen).toHaveLength(3);
    });

    it('says no as soon as something failed', async () => {
      server.will(unknown, { body: pairOf('failed', 'VERIFICATION_FAILED') });
      expect(await rowhouse(server, patient)).toMatchObject({ code: 1 });
      expect(server.seen).toHaveLength(2);
    });

    it('says no when the time is over, after one last question', async () => {
      server.will(unknown);
      const run = await rowhouse(server, [...ASK, '--retry-while-unknown', '200ms']);
      expect(run).toMatchObject({ code: 1 });
      expect(run.out).toContain('NEVER_VERIFIED');
      expect(server.seen).toHaveLength(2);
    });
  });
});
