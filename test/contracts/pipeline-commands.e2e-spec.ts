import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { type Server, rowhouse } from './rowhouse-command.js';

const SPEC = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '2.0.0' },
  paths: {
    '/orders/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          200: {
            description: 'The order',
            content: {
              'application/json': {
                schema: { type: 'object', properties: { total: { type: 'number' } } },
              },
            },
          },
        },
      },
    },
  },
};

/** The built commands against the real application, which listens. */
describe('the commands for pipelines', () => {
  let api: TestApp;
  let server: Server;
  let folder: string;
  const call = (method: string, path: string, body?: unknown) =>
    api.call(method, `/v1${path}`, { as: api.acme.apiKey, body });
  const interaction = (consumer: string, service: string, order: number, total: unknown = 12) => ({
    service,
    consumer,
    consumerVersion: '1.0.0',
    environment: 'test',
    operation: 'GET /orders/{id}',
    request: { method: 'GET', path: `/orders/${order}` },
    response: { status: 200, headers: { 'content-type': 'application/json' }, body: { total } },
  });
  const record = (items: unknown[], ...flags: string[]) =>
    rowhouse(server, ['record-interactions', '-', ...flags], { input: JSON.stringify(items) });
  const about = (service: string, version: string, environment = 'production') => [
    '--service',
    service,
    '--version',
    version,
    '--environment',
    environment,
  ];
  const file = async (name: string, content: unknown) => {
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
    return join(folder, name);
  };

  beforeAll(async () => {
    [api, folder] = await Promise.all([createTestApp(), mkdtemp(join(tmpdir(), 'rowhouse-pipeline-'))]);
    await api.app.listen(0, '127.0.0.1');
    server = { url: await api.app.getUrl(), apiKey: api.acme.apiKey };
    await call('POST', '/environments', { name: 'production' });
  });
  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true });
  });

  describe('can-i-deploy', () => {
    it('says no with a table of the reasons, then yes', async () => {
      await record([interaction('web', 'orders', 1)]);
      await call('POST', '/services/orders/versions', { version: '2.0.0' });
      const before = await rowhouse(server, ['can-i-deploy', ...about('web', '1.0.0')]);
      expect(before).toMatchObject({ code: 1, err: '' });
      expect(before.out).toBe(
        [
          'No: web 1.0.0 cannot be deployed to production.',
          '',
          'CONSUMER   PROVIDER  STATE    REASON',
          'web 1.0.0  orders    unknown  NOT_DEPLOYED: the provider is not deployed there',
          '',
        ].join('\n'),
      );
      for (const service of ['orders', 'web'])
        await call('POST', '/deployments', {
          service,
          version: service === 'web' ? '1.0.0' : '2.0.0',
          environment: 'production',
        });
      const { body } = await call('GET', '/verification-tasks?provider=orders');
      const [task] = body.data;
      const detail = await call('GET', `/verification-tasks/${task.id}`);
      await call('POST', `/verification-tasks/${task.id}/results`, {
        providerVersion: '2.0.0',
        results: [{ interactionId: detail.body.interactions[0].id, success: true }],
      });
      const after = await rowhouse(server, ['can-i-deploy', ...about('web', '1.0.0')]);
      expect(after).toMatchObject({ code: 0, err: '' });
      expect(after.out).toBe(
        'Yes: web 1.0.0 can be deployed to production.\n\nCONSUMER   PROVIDER      STATE   REASON\nweb 1.0.0  orders 2.0.0  passed\n',
      );
    });

    it('tells the reason of a version that nobody knows', async () => {
      await call('POST', '/services', { name: 'lonely' });
      const run = await rowhouse(server, ['can-i-deploy', ...about('lonely', '9')]);
      expect(run).toMatchObject({ code: 1 });
      expect(run.out).toMatch(/^No: lonely 9 .*\nVERSION_UNKNOWN: nothing is known of this version/);
    });

    it('prints the answer of the server with --json', async () => {
      const asked = await call(
        'GET',
        '/can-i-deploy?service=lonely&version=9&environment=production&semver=minor',
      );
      const run = await rowhouse(server, [
        'can-i-deploy',
        ...about('lonely', '9'),
        '--semver',
        'minor',
        '--json',
      ]);
      expect(run.code).toBe(1);
      expect(JSON.parse(run.out)).toEqual(asked.body);
    });

    it('cannot tell of a service or an environment that nobody knows, nor with a key that is not valid', async () => {
      const [service, environment, key] = await Promise.all([
        rowhouse(server, ['can-i-deploy', ...about('nobody', '1')]),
        rowhouse(server, ['can-i-deploy', ...about('web', '1.0.0', 'nowhere'), '--json']),
        rowhouse({ ...server, apiKey: 'wrong' }, ['can-i-deploy', ...about('web', '1.0.0')]),
      ]);
      expect(service).toMatchObject({ code: 2, out: '' });
      expect(service.err).toMatch(
        /^Service not found: This tenant has no service "nobody"\. \(404 SERVICE_NOT_FOUND, request .+\)\n$/,
      );
      expect(environment.code).toBe(2);
      expect(JSON.parse(environment.out)).toMatchObject({
        error: { exitCode: 2, problem: { code: 'ENVIRONMENT_NOT_FOUND', status: 404 } },
      });
      expect(key).toMatchObject({ code: 2 });
      expect(key.err).toContain('401 CREDENTIAL_INVALID');
    });
  });

  describe('record-deployment', () => {
    it('records once, and tells that a second time changed nothing', async () => {
      await record([interaction('app', 'orders', 1)]);
      const args = ['record-deployment', ...about('app', '1.0.0'), '--git-sha', 'abc123'];
      expect(await rowhouse(server, args)).toMatchObject({
        code: 0,
        out: 'Recorded: app 1.0.0 runs in production now.\n',
      });
      expect(await rowhouse(server, args)).toMatchObject({
        code: 0,
        out: 'app 1.0.0 ran in production already; nothing was changed.\n',
      });
      const json = await rowhouse(server, [...args, '--json']);
      expect(JSON.parse(json.out)).toMatchObject({ created: false, gitSha: 'abc123', active: true });
    });

    it('is refused for a version that nobody knows', async () => {
      const run = await rowhouse(server, ['record-deployment', ...about('web', '77')]);
      expect(run).toMatchObject({ code: 1, out: '' });
      expect(run.err).toContain('404 VERSION_NOT_FOUND');
    });
  });

  describe('upload-spec', () => {
    const upload = (source: string, ...flags: string[]) =>
      rowhouse(server, ['upload-spec', source, '--service', 'bills', '--version', '1.0.0', ...flags]);
    const other = { ...SPEC, paths: {} };
    beforeAll(() => call('POST', '/services', { name: 'bills' }));

    it('uploads once, refuses another with its differences, and replaces it when told to', async () => {
      const [source, changed] = [await file('spec.json', SPEC), await file('other.json', other)];
      expect(await upload(source)).toMatchObject({
        code: 0,
        out: 'Uploaded: the specification of bills 1.0.0.\n',
      });
      expect((await upload(source)).out).toMatch(/^Nothing was changed/);
      const refused = await upload(changed);
      expect(refused).toMatchObject({ code: 1, out: '' });
      expect(refused.err).toMatch(/409 SPEC_EXISTS.*\n {2}\S*orders/);
      expect(await upload(changed, '--replace')).toMatchObject({
        code: 0,
        out: 'Replaced: the specification of bills 1.0.0.\n',
      });
      expect((await upload(changed, '--replace')).out).toMatch(/^Nothing was changed/);
      expect(await upload(source, '--branch', 'next', '--environment', 'test')).toMatchObject({ code: 0 });
      const { body } = await call('GET', '/services/bills/specs/versions');
      expect(body.data[0]).toMatchObject({ branch: 'next', environment: 'test' });
    });

    it('reads the standard input, also with a byte order mark', async () => {
      const args = ['upload-spec', '-', '--service', 'bills', '--version', '1.1.0'];
      expect(await rowhouse(server, args, { input: `\uFEFF${JSON.stringify(SPEC)}` })).toMatchObject({
        code: 0,
      });
    });

    it('is refused with the places where the specification is not valid', async () => {
      const run = await upload(await file('invalid.json', { ...SPEC, info: {} }));
      expect(run).toMatchObject({ code: 1, out: '' });
      expect(run.err).toMatch(/^Specification is not valid \(422 SPEC_INVALID, request .+\)\n {2}\S*info/);
    });

    it('is refused for a service that is not registered', async () => {
      const run = await rowhouse(server, ['upload-spec', '-', '--service', 'unheard', '--version', '1'], {
        input: '{"openapi":"3.1.0"}',
      });
      expect(run).toMatchObject({ code: 1 });
      expect(run.err).toContain('SERVICE_NOT_FOUND');
    });
  });

  describe('record-interactions', () => {
    it('takes JSON lines from a file, and knows duplicates', async () => {
      const lines = [1, 2].map((order) => JSON.stringify(interaction('shop', 'stock', order))).join('\r\n');
      const source = await file('recorded.jsonl', `${lines}\n\n`);
      const args = ['record-interactions', source];
      expect(await rowhouse(server, args)).toMatchObject({
        code: 0,
        out: '2 recorded, 0 duplicate, 0 refused, 0 invalid\n',
      });
      expect(await rowhouse(server, args)).toMatchObject({
        code: 0,
        out: '0 recorded, 2 duplicate, 0 refused, 0 invalid\n',
      });
    });

    it('sends more than one batch takes in several', async () => {
      const run = await record(
        Array.from({ length: 1_201 }, (_, order) => interaction('many', 'stock', order)),
      );
      expect(run).toMatchObject({ code: 0, out: '1201 recorded, 0 duplicate, 0 refused, 0 invalid\n' });
    });

    it('sends no more bytes at once than the server takes', async () => {
      const large = 'x'.repeat(150_000);
      const run = await record(
        Array.from({ length: 20 }, (_, order) => interaction('large', 'stock', order, large)),
      );
      expect(run).toMatchObject({ code: 0, out: '20 recorded, 0 duplicate, 0 refused, 0 invalid\n' });
    });

    it('tells the number and the faults of what is not valid, and records the rest', async () => {
      const run = await record([
        interaction('half', 'stock', 1),
        { ...interaction('half', 'stock', 2), service: 'a b' },
        7,
      ]);
      expect(run).toMatchObject({ code: 1, err: '' });
      expect(run.out).toMatch(
        /^1 recorded, 0 duplicate, 0 refused, 2 invalid\n#2 GET \/orders\/\{id\} invalid:\n {2}service: .+\n#3 invalid:\n {2}must be an object\n$/,
      );
    });

    it('notes what contradicts the specification, and with --strict refuses it', async () => {
      await call('POST', '/services', { name: 'told' });
      await call('PUT', '/services/told/specs', { version: '1.0.0', spec: SPEC });
      const items = [interaction('teller', 'told', 1), interaction('teller', 'told', 2, 'a lot')];
      const strict = await record(items, '--strict');
      expect(strict).toMatchObject({ code: 1 });
      expect(strict.out).toMatch(
        /^1 recorded, 0 duplicate, 1 refused, 0 invalid\n#2 .* refused:\n {2}.*total/,
      );
      const noted = await record(items, '--json');
      expect(noted.code).toBe(0);
      expect(JSON.parse(noted.out)).toMatchObject({
        summary: { recorded: 1, duplicate: 1, refused: 0, invalid: 0 },
        striking: [{ number: 2, outcome: 'recorded', places: [{ message: expect.any(String) }] }],
      });
    });
  });

  it('ends with 3 where the server cannot accept an argument, and says which', async () => {
    const run = await rowhouse(server, ['can-i-deploy', ...about('a b', '1')]);
    expect(run).toMatchObject({ code: 3, out: '' });
    expect(run.err).toContain('\n  service: ');
  });

  it('takes the address with a slash or /v1 at its end too', async () => {
    for (const end of ['/', '/v1', '/v1/'])
      expect(
        await rowhouse({ ...server, url: server.url + end }, ['can-i-deploy', ...about('lonely', '9')]),
      ).toMatchObject({ code: 1 });
  });
});
