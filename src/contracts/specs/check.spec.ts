import { describe, expect, it } from '@jest/globals';
import { type RecordedExchange, checkExchange } from './check.js';
import { CompiledDocument } from './operations.js';

const json = (schema: unknown) => ({ content: { 'application/json': { schema } } });

const ORDERS = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  servers: [{ url: 'https://{host}/api/v1/', variables: { host: { default: 'x.example' } } }],
  paths: {
    '/orders': {
      get: {
        operationId: 'listOrders',
        parameters: [
          { $ref: '#/components/parameters/limit' },
          {
            name: 'state',
            in: 'query',
            schema: { type: 'array', items: { enum: ['open', 'paid'] } },
            explode: false,
          },
          {
            name: 'filter',
            in: 'query',
            style: 'deepObject',
            schema: { properties: { min: { type: 'number' } }, type: 'object' },
          },
          { name: 'X-Trace', in: 'header', required: true, schema: { type: 'integer' } },
          { name: 'Authorization', in: 'header', required: true, schema: { type: 'string' } },
        ],
        responses: {
          200: json({ type: 'array', items: { $ref: '#/components/schemas/Order' } }),
          '4XX': { content: { 'application/problem+json': { schema: { required: ['code'] } } } },
        },
      },
      post: {
        operationId: 'createOrder',
        requestBody: { required: true, ...json({ $ref: '#/components/schemas/Order' }) },
        responses: {
          201: {
            headers: { Location: { required: true, schema: { type: 'string' } } },
            ...json({ $ref: '#/components/schemas/Order' }),
          },
          204: { description: 'nothing' },
          default: { description: 'wrong' },
        },
      },
    },
    '/orders/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { operationId: 'getOrder', responses: { 200: json({ $ref: '#/components/schemas/Order' }) } },
    },
    '/orders/latest': { get: { responses: { 200: { description: 'ok' } } } },
    '/files/{name}.{ext}': {
      get: { responses: { 200: { content: { 'text/*': { schema: { maxLength: 3 } } } } } },
    },
  },
  components: {
    parameters: {
      limit: { name: 'limit', in: 'query', required: true, schema: { type: 'integer', maximum: 100 } },
    },
    schemas: {
      Order: {
        type: 'object',
        required: ['id', 'total'],
        properties: {
          id: { type: 'integer', readOnly: true },
          total: { type: 'number' },
          parent: { anyOf: [{ $ref: '#/components/schemas/Order' }, { type: 'null' }] },
        },
        example: { $ref: '#/nowhere', $id: 'x', id: 'y' },
        default: { $ref: 'http://example.com' },
        'x-odd': { $schema: 'http://json-schema.org/draft-03/schema' },
      },
    },
  },
};
const document = new CompiledDocument(ORDERS);

const check = (exchange: Partial<RecordedExchange>) =>
  checkExchange(document, { operation: 'getOrder', request: {}, response: { status: 200 }, ...exchange }).map(
    ({ path, code }) => `${path} ${code}`,
  );
const ORDER = { id: 1, total: 2 };

describe('finding the operation of an exchange', () => {
  it.each([
    ['getOrder', {}],
    ['GET /orders/{id}', {}],
    ['get /orders/1', {}],
    ['GET /api/v1/orders/1', {}],
    ['GET https://x.example/api/v1/orders/1', {}],
    ['Get an order', { method: 'get', path: '/orders/1?a=b' }],
  ])('by %s', (operation, request) => {
    expect(check({ operation, request, response: { status: 200, body: {} } })).toEqual([
      'response.body.id required',
      'response.body.total required',
    ]);
  });

  it('prefers a concrete path to a templated one', () => {
    expect(check({ operation: 'GET /api/v1/orders/latest', response: { status: 200, body: 1 } })).toEqual([
      'response.body BODY_UNEXPECTED',
    ]);
  });

  it('says where there is none', () => {
    expect(check({ operation: 'DELETE /orders/1' })).toEqual(['operation OPERATION_UNKNOWN']);
    expect(check({ operation: 'constructor', request: { method: 'GET', path: '/nope' } })).toEqual([
      'operation OPERATION_UNKNOWN',
    ]);
  });

  it('says where the request goes elsewhere', () => {
    expect(check({ request: { method: 'POST', path: '/customers/1' } })).toEqual([
      'request.method METHOD_MISMATCH',
      'request.path PATH_MISMATCH',
    ]);
    expect(check({ request: { path: '/orders/{id}' } })).toEqual([]);
  });
});

describe('checking a request', () => {
  const list = (request: Record<string, unknown>) => check({ operation: 'listOrders', request });

  it('reads texts of path and query as what their schemas ask for', () => {
    expect(check({ request: { path: '/orders/7' } })).toEqual([]);
    expect(check({ request: { path: '/orders/seven' } })).toEqual(['request.path.id type']);
    expect(list({ query: { limit: '10' } })).toEqual([]);
    expect(list({ query: { limit: 10, other: 'x' } })).toEqual([]);
    expect(list({ query: 'limit=many' })).toEqual(['request.query.limit type']);
    expect(list({ path: '/orders?limit=101' })).toEqual(['request.query.limit maximum']);
  });

  it('reads lists and objects in the style that is described', () => {
    expect(list({ query: { limit: 1, state: 'open,paid' } })).toEqual([]);
    expect(list({ query: { limit: 1, state: ['open', 'lost'] } })).toEqual(['request.query.state.1 enum']);
    expect(list({ query: { limit: 1, 'filter[min]': '3' } })).toEqual([]);
    expect(list({ query: { limit: 1, 'filter[min]': 'x' } })).toEqual(['request.query.filter.min type']);
  });

  it('misses required parameters, but no headers where none were recorded, and no credentials', () => {
    expect(list({})).toEqual(['request.query.limit required']);
    expect(list({ query: { limit: 1 }, headers: {} })).toEqual(['request.headers.X-Trace required']);
    expect(list({ query: { limit: 1 }, headers: { 'x-trace': '5' } })).toEqual([]);
  });

  it('checks the body, without what is read-only', () => {
    const create = (request: Record<string, unknown>) =>
      check({ operation: 'createOrder', request, response: { status: 204 } });
    expect(create({ body: { total: 1 } })).toEqual([]);
    expect(create({ body: '{"total":1}' })).toEqual([]);
    expect(create({ body: { total: 'x' } })).toEqual(['request.body.total type']);
    expect(create({})).toEqual(['request.body required']);
    expect(create({ headers: { 'Content-Type': 'text/csv' }, body: 'x' })).toEqual([
      'request.headers.content-type CONTENT_TYPE_UNKNOWN',
    ]);
    expect(check({ request: { body: { a: 1 } } })).toEqual(['request.body BODY_UNEXPECTED']);
  });
});

describe('checking a response', () => {
  it('goes by the status, then its range, then the default', () => {
    const list = (response: Record<string, unknown>) =>
      check({ operation: 'listOrders', request: { query: { limit: 1 } }, response });
    expect(list({ status: 200, body: [ORDER] })).toEqual([]);
    expect(list({ status: 404, body: {} })).toEqual(['response.body.code required']);
    expect(list({ status: 500 })).toEqual(['response.status STATUS_UNKNOWN']);
    expect(check({ operation: 'createOrder', request: { body: ORDER }, response: { status: 500 } })).toEqual(
      [],
    );
  });

  it('follows cycles, and is not confused by data that looks like a schema', () => {
    const body = { ...ORDER, parent: { ...ORDER, parent: { ...ORDER, parent: { id: 1 } } } };
    expect(check({ response: { status: 200, body } })).toEqual([
      'response.body.parent.parent.parent.total required',
    ]);
  });

  it('checks headers where some were recorded', () => {
    const created = (response: Record<string, unknown>) =>
      check({ operation: 'createOrder', request: { body: ORDER }, response: { status: 201, ...response } });
    expect(created({ body: ORDER })).toEqual([]);
    expect(created({ headers: {}, body: ORDER })).toEqual(['response.headers.Location required']);
  });

  it('checks texts as texts', () => {
    const file = (body: string) =>
      check({
        operation: 'GET /files/a.txt',
        response: { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body },
      });
    expect(file('abc')).toEqual([]);
    expect(file('abcd')).toEqual(['response.body maxLength']);
  });

  it('ends where the description asks for too much', () => {
    const levels = Array.from({ length: 40 }, (_, i) => [
      `L${i}`,
      { allOf: [{ $ref: `#/l/L${i + 1}` }, { $ref: `#/l/L${i + 1}` }] },
    ]);
    const hostile = new CompiledDocument({
      openapi: '3.0.3',
      l: Object.fromEntries(levels),
      paths: { '/': { get: { responses: { 200: json({ $ref: '#/l/L0' }) } } } },
    });
    const start = performance.now();
    const found = checkExchange(hostile, {
      operation: 'GET /',
      request: {},
      response: { status: 200, body: 1 },
    });
    expect(found.map(({ code }) => code)).toEqual(['CHECK_TOO_COSTLY']);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
