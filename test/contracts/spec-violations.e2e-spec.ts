import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { githubDocument, smallDocument } from './documents/documents.js';
import { Provider } from './provider.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

const json = (schema: unknown) => ({ description: '', content: { 'application/json': { schema } } });
const ok = (body: unknown) => ({ response: { status: 200, body } });

/** Answers `GET /a` with the schema. */
const answering = (schema: unknown, openapi?: string) =>
  smallDocument({ paths: { '/a': { get: { responses: { 200: json(schema) } } } } }, openapi);
const providerOf = (spec: unknown) => Provider.create(api, { specs: { '1.0.0': spec } });

const ORDERS = smallDocument({
  servers: [{ url: 'https://orders.example/api' }],
  paths: {
    '/orders/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { operationId: 'getOrder', responses: { 200: json({ required: ['id'] }) } },
      put: {
        requestBody: json({ $ref: '#/components/schemas/Order' }),
        responses: {
          '2XX': json({ $ref: '#/components/schemas/Order' }),
          default: {
            description: '',
            content: { 'application/problem+json': { schema: { required: ['code'] } } },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Order: {
        type: 'object',
        required: ['id', 'password', 'placedAt'],
        properties: {
          id: { type: 'integer', readOnly: true },
          password: { type: 'string', writeOnly: true },
          placedAt: { type: 'string', format: 'date-time' },
        },
      },
    },
  },
});

describe('a recording whose provider has a specification', () => {
  let orders: Provider;
  beforeAll(async () => {
    orders = await providerOf(ORDERS);
  });

  it.each<[string, Record<string, unknown>]>([
    ['getOrder', {}],
    ['GET /orders/{id}', {}],
    ['GET /orders/7', {}],
    ['GET /api/orders/7', {}],
    ['read an order', { request: { method: 'GET', path: '/orders/7' } }],
  ])('is checked against the operation it names: %s', async (operation, rest) => {
    expect(await orders.violations(operation, { ...rest, ...ok({ id: 7 }) })).toEqual([]);
    expect(await orders.violations(operation, { ...rest, ...ok({}) })).toEqual(['response.body.id required']);
  });

  it.each([
    ['are cut within a character', `a${'😀'.repeat(400)}`],
    ['hold what the database does not store', 'a\u0000\ud800'],
  ])('is stored with violations whose names %s', async (_, name) => {
    const body = JSON.stringify({ [name]: 1 });
    const provider = await providerOf(answering({ type: 'object', additionalProperties: false }));
    const { status, body: answer } = await provider.record('GET /a', ok(body));
    expect([status, answer.violations?.[0].code]).toEqual([201, 'additionalProperties']);
  });

  it('is told where its operation is unknown', async () => {
    expect(await orders.violations('DELETE /orders/7')).toEqual(['operation OPERATION_UNKNOWN']);
  });

  it('is checked in its request and its response, each without what is the other’s', async () => {
    const order = { placedAt: '2026-11-21T09:30:00Z' };
    const put = (request: object, response: object) =>
      orders.violations('PUT /orders/7', {
        request: { body: request },
        response: { status: 202, body: response },
      });
    expect(await put({ ...order, password: 'x' }, { ...order, id: 7 })).toEqual([]);
    expect(await put({ id: 7, placedAt: 'today' }, { password: 'x', placedAt: 'today' })).toEqual([
      'request.body.password required',
      'request.body.placedAt format',
      'response.body.id required',
      'response.body.placedAt format',
    ]);
  });

  it('is checked against the range of its status, else against the default, in its content type', async () => {
    const put = (response: object) => orders.violations('PUT /orders/7', { response });
    expect(await put({ status: 299, body: {} })).toHaveLength(2);
    const problem = { 'content-type': 'application/problem+json; charset=utf-8' };
    expect(await put({ status: 404, headers: problem, body: { code: 'X' } })).toEqual([]);
    expect(await put({ status: 404, headers: problem, body: {} })).toEqual(['response.body.code required']);
    expect(await put({ status: 404, headers: { 'Content-Type': 'text/html' }, body: 'x' })).toEqual([
      'response.headers.content-type CONTENT_TYPE_UNKNOWN',
    ]);
    expect(await orders.violations('getOrder', { response: { status: 404 } })).toEqual([
      'response.status STATUS_UNKNOWN',
    ]);
  });

  it('is stored with its violations', async () => {
    const { status, body } = await orders.record('getOrder', ok({ stored: 1 }));
    expect({ status, outcome: body.outcome }).toEqual({ status: 201, outcome: 'recorded' });
    const stored = await api.call('GET', `/v1/interactions/${body.id}`, { as: api.acme.apiKey });
    expect(stored.body.violations).toEqual([
      { path: 'response.body.id', code: 'required', message: 'is required' },
    ]);
  });

  it('is refused in strict mode, and not stored', async () => {
    const { status, body } = await orders.record('getOrder', ok({ strict: 1 }), '?strict=true');
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'INTERACTION_VIOLATES_SPEC' });
    expect(body.errors).toEqual([{ path: 'response.body.id', code: 'required', message: 'is required' }]);
    expect((await orders.record('getOrder', ok({ strict: 1 }))).status).toBe(201);
    expect((await orders.record('getOrder', ok({ id: 1, strict: 1 }), '?strict=true')).status).toBe(201);
  });

  it('has its own outcome in a batch', async () => {
    const items = [
      orders.exchange('getOrder', ok({ id: 1, batch: 1 })),
      orders.exchange('getOrder', ok({ batch: 1 })),
      orders.exchange('getOrder', ok({ id: 1, batch: 1 })),
      { service: orders.name },
    ];
    const { body } = await orders.recordBatch(items, '?strict=true');
    expect(body.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'recorded',
      'refused',
      'duplicate',
      'invalid',
    ]);
    expect(body.summary).toEqual({ recorded: 1, duplicate: 1, refused: 1, invalid: 1 });
  });
});

describe('a recording', () => {
  it('has no violations where its provider has no specification', async () => {
    const nothing = await Provider.create(api);
    const { body } = await nothing.record('GET /a');
    expect(body).not.toHaveProperty('violations');
    const stored = await api.call('GET', `/v1/interactions/${body.id}`, { as: api.acme.apiKey });
    expect(stored.body.violations).toBeNull();
    expect((await nothing.record('GET /b', {}, '?strict=true')).status).toBe(201);
  });

  it('is checked against the specification nearest to the version of its provider', async () => {
    const specs = { '1.0.0': answering({ type: 'integer' }), '2.0.0': answering({ type: 'string' }) };
    const provider = await Provider.create(api, { specs });
    const of = (serviceVersion?: string) => provider.violations('GET /a', { serviceVersion, ...ok(5) });
    expect(await of('1.7.0')).toEqual([]);
    expect(await of('2.0.0')).toEqual(['response.body type']);
    expect(await of()).toEqual(['response.body type']);
  });

  it('is checked against the new document as soon as one is replaced, in every process', async () => {
    const other = await createTestApp({ sharing: api });
    const provider = await providerOf(answering({ type: 'integer' }));
    expect(await provider.violations('GET /a', ok(5))).toEqual([]);
    await api.call('PUT', `/v1/services/${provider.name}/specs?replace=true`, {
      as: api.acme.apiKey,
      body: { version: '1.0.0', spec: answering({ type: 'string' }) },
    });
    const body = provider.exchange('GET /a', { ...ok(5), consumerVersion: '2' });
    for (const each of [api, other]) {
      const answer = await each.call('POST', '/v1/interactions', { as: api.acme.apiKey, body });
      expect(answer.body.violations).toMatchObject([{ code: 'type' }]);
    }
    await other.close();
  });

  it.each<[string, unknown, string]>([
    ['3.0.3', { type: 'string', nullable: true }, '3.0'],
    ['3.1.0', { type: ['string', 'null'] }, '3.1'],
  ])('may hold null where OpenAPI %s says so', async (version, value) => {
    const provider = await providerOf(answering({ properties: { value } }, version));
    expect(await provider.violations('GET /a', ok({ value: null }))).toEqual([]);
    expect(await provider.violations('GET /a', ok({ value: 5 }))).toEqual(['response.body.value type']);
    const other = version === '3.0.3' ? '3.1.0' : '3.0.3';
    const plain = await providerOf(answering({ properties: { value: { type: 'string' } } }, other));
    expect(await plain.violations('GET /a', ok({ value: null }))).toEqual(['response.body.value type']);
  });

  it('is checked against the one schema that its discriminator names', async () => {
    const pet = (kind: string, property: string) => ({
      required: ['kind', property],
      properties: { kind: { enum: [kind] }, [property]: { type: 'integer' } },
    });
    const schema = {
      oneOf: [pet('cat', 'lives'), pet('dog', 'tricks')],
      discriminator: { propertyName: 'kind' },
    };
    const provider = await providerOf(answering(schema));
    expect(await provider.violations('GET /a', ok({ kind: 'cat', lives: 9 }))).toEqual([]);
    expect(await provider.violations('GET /a', ok({ kind: 'dog', lives: 9 }))).toEqual([
      'response.body.tricks required',
    ]);
  });
});

describe('a batch of 500', () => {
  const MAX_BATCH = 500;
  /** Ten times what an idle machine takes: others may keep this one busy. */
  const LONGEST_BLOCK_MS = 3_000;

  /** The longest that the event loop was kept from others while `work` ran; milliseconds. */
  async function longestBlock(work: () => Promise<unknown>): Promise<number> {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await work();
    delay.disable();
    return delay.max / 1e6;
  }

  const batchOf = (provider: Provider, operation: string, rest: (index: number) => object) =>
    Array.from({ length: MAX_BATCH }, (_, index) => provider.exchange(operation, { ...rest(index) }));

  it('is checked against a hostile specification with turns for others in between', async () => {
    const levels = Object.fromEntries(
      Array.from({ length: 41 }, (_, i) => {
        const next = { $ref: `#/components/schemas/L${i + 1}` };
        return [`L${i}`, i === 40 ? {} : { allOf: [next, next] }];
      }),
    );
    const spec = { ...answering({ $ref: '#/components/schemas/L0' }), components: { schemas: levels } };
    const provider = await providerOf(spec);
    await provider.record('GET /a', ok('first'));
    const items = batchOf(provider, 'GET /a', (index) => ok({ index }));
    const longest = await longestBlock(async () => {
      const { body } = await provider.recordBatch(items);
      expect(body.results[0].violations).toMatchObject([{ code: 'CHECK_TOO_COSTLY' }]);
      expect(body.summary.recorded).toBe(MAX_BATCH);
    });
    expect(longest).toBeLessThan(LONGEST_BLOCK_MS);
  });

  it('is checked whole against a real specification of two megabytes', async () => {
    const github = await providerOf(githubDocument());
    const license = { key: 'mit', name: 'MIT', spdx_id: 'MIT', url: null, node_id: 'x' };
    await github.record('GET /licenses', ok([license]));
    const items = batchOf(github, 'GET /licenses', (index) =>
      ok([{ ...license, name: `${index}` }, license]),
    );
    const { body } = await github.recordBatch(items, '?strict=true');
    expect(body.summary.recorded).toBe(MAX_BATCH);
  });
});
