import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import {
  type OpenApi,
  example,
  exampleNames,
  githubDocument,
  ownDocument,
  smallDocument,
} from './documents/documents.js';
import { Provider } from './provider.js';

let api: TestApp;
let provider: Provider;
beforeAll(async () => {
  api = await createTestApp();
  provider = await Provider.create(api);
});
afterAll(() => api.close());

let versions = 0;
const upload = (spec: unknown) => provider.upload({ version: `${++versions}.0.0`, spec });
const places = async (spec: unknown) => {
  const { status, body } = await upload(spec);
  expect({ status, code: body.code }).toEqual({ status: 422, code: 'SPEC_INVALID' });
  return body.errors.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`) as string[];
};
const schemas = (all: OpenApi) => smallDocument({ components: { schemas: all } });

describe('a real document', () => {
  // Its `exclusiveMaximum: true` is a word of 3.0: in 3.1 it must be a number.
  const MISTAKEN = ['schema-validation-local', 'schema-validation-top-level'].map(
    (name) => `3.1/json/${name}.json`,
  );

  it.each(exampleNames().filter((name) => !MISTAKEN.includes(name)))('is taken: %s', async (name) => {
    expect(await upload(example(name))).toMatchObject({ status: 201 });
  });

  it.each(MISTAKEN)('is refused for what its version does not know: %s', async (name) => {
    expect(await places(example(name))).toEqual([
      expect.stringMatching(/\/parameters\/\d\/schema\/exclusiveMaximum type$/),
    ]);
  });

  it('is taken with half a megabyte, and comes back as it was', async () => {
    const spec = ownDocument();
    expect((await upload(spec)).status).toBe(201);
    expect((await provider.find(`?include=spec&version=${versions}.0.0`)).body.spec).toEqual(spec);
  });

  it('is taken with two megabytes, compared, and checked against', async () => {
    const github = await Provider.create(api, { specs: { '1.0.0': githubDocument() } });
    const changed = githubDocument() as { paths: Record<string, Record<string, unknown>> };
    delete changed.paths['/zen']!['get'];
    const { status, body } = await github.upload({ spec: changed });
    expect({ status, errors: body.errors }).toEqual({
      status: 409,
      errors: [
        { path: '/paths/~1zen/get', code: 'removed', message: expect.stringContaining('operationId') },
      ],
    });
    const zen = (answer: string) => ({
      response: { status: 200, headers: { 'content-type': 'text/plain' }, body: answer },
    });
    expect(await github.violations('GET /zen', zen('Design for failure.'))).toEqual([]);
    const license = { key: 'mit', name: 'MIT', spdx_id: 'MIT', url: null, node_id: 'x' };
    const licenses = (query: object, answer: unknown[]) => ({
      request: { query },
      response: { status: 200, body: answer },
    });
    expect(await github.violations('GET /licenses', licenses({ per_page: '2' }, [license]))).toEqual([]);
    const wrong = licenses({ per_page: 'two' }, [{ ...license, key: 5 }]);
    expect(await github.violations('GET /licenses', wrong)).toEqual([
      'request.query.per_page type',
      'response.body.0.key type',
    ]);
  });
});

describe('a document that is not valid', () => {
  it('is refused with each place as a JSON pointer', async () => {
    const petstore = example('3.0/json/petstore.json') as {
      paths: Record<string, Record<string, OpenApi>>;
      components: { schemas: OpenApi };
    };
    delete petstore.paths['/pet/findByStatus']!['get']!['responses'];
    petstore.paths['/pet']!['post']!['operationId'] = 5;
    petstore.components.schemas['Pet'] = { type: 'pet' };
    expect((await places(petstore)).toSorted()).toEqual([
      expect.stringMatching(/^\/components\/schemas\/Pet/),
      '/paths/~1pet/post/operationId type',
      '/paths/~1pet~1findByStatus/get required',
    ]);
  });

  it.each<[string, unknown, string]>([
    ['Swagger 2.0', { swagger: '2.0', info: {}, paths: {} }, '/openapi version'],
    ['OpenAPI 4', smallDocument({}, '4.0.0'), '/openapi version'],
    ['nothing', {}, '/openapi version'],
    ['a path without its slash', smallDocument({ paths: { orders: {} } }), '/paths/orders pattern'],
    ['paths that are a list', smallDocument({ paths: [] }), '/paths type'],
  ])('is refused: %s', async (_, spec, place) => {
    expect(await places(spec)).toEqual([place]);
  });

  it.each<[string, unknown]>([
    ['a text', 'openapi: 3.1.0'],
    ['a list', [smallDocument()]],
    ['null', null],
    ['absent', undefined],
  ])('is refused where it is %s', async (_, spec) => {
    expect(await upload(spec)).toMatchObject({ status: 400, body: { errors: [{ path: 'spec' }] } });
  });

  it.each(['application/yaml', 'text/plain', 'application/x-www-form-urlencoded'])(
    'is refused as a body of %s',
    async (type) => {
      const answer = await api.app.inject({
        method: 'PUT',
        url: `/v1/services/${provider.name}/specs`,
        headers: { authorization: `Bearer ${api.acme.apiKey}`, 'content-type': type },
        payload: 'openapi: 3.1.0',
      });
      expect(answer.statusCode).toBe(415);
    },
  );

  it('is refused above eight megabytes, before anybody looks at it', async () => {
    const { status, body } = await upload(smallDocument({ 'x-filler': 'x'.repeat(8 * 1024 * 1024) }));
    expect({ status, code: body.code }).toEqual({ status: 413, code: 'BODY_TOO_LARGE' });
  });
});

describe('a hostile document', () => {
  it('makes nobody fetch anything: references to elsewhere are refused with their places', async () => {
    let requests = 0;
    const server = createServer((_, response) => {
      requests++;
      response.end('{"type":"string"}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const elsewhere = [
      `http://127.0.0.1:${port}/schema.json`,
      `//127.0.0.1:${port}/schema.json#/x`,
      'file:///etc/passwd',
      './openapi.json',
      '../../package.json#/name',
      'openapi.json#/info',
    ];
    const all = Object.fromEntries(elsewhere.map(($ref, index) => [`S${index}`, { items: { $ref } }]));
    expect((await places(schemas(all))).toSorted()).toEqual(
      elsewhere.map((_, index) => `/components/schemas/S${index}/items/$ref externalReference`),
    );
    const paths = { '/a': { $ref: `http://127.0.0.1:${port}/path.json` } };
    expect(await places(smallDocument({ paths }))).toEqual(['/paths/~1a/$ref externalReference']);
    server.close();
    expect(requests).toBe(0);
  });

  it('is stored where it refers to itself in cycles, and checks end', async () => {
    const cycle = { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } };
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/A' } } };
    const get = { responses: { 200: { description: 'ok', content } } };
    const spec = smallDocument({ paths: { '/a': { get } }, components: { schemas: cycle } });
    const cyclic = await Provider.create(api, { specs: { '1.0.0': spec } });
    expect(await cyclic.violations('GET /a', { response: { status: 200, body: { a: 1 } } })).toEqual([
      ' CHECK_TOO_COSTLY',
    ]);
  });

  it('is refused with keys that would change what objects are', async () => {
    const text = JSON.stringify({ version: '1', spec: schemas({ A: { X: {} } }) });
    const answer = await api.app.inject({
      method: 'PUT',
      url: `/v1/services/${provider.name}/specs`,
      headers: { authorization: `Bearer ${api.acme.apiKey}`, 'content-type': 'application/json' },
      payload: text.replace('"X"', '"__proto__"'),
    });
    expect(answer.statusCode).toBe(400);
    expect({}).not.toHaveProperty('X');
  });

  it('is refused where it nests too deep, or has more paths than any API', async () => {
    const deep = Array.from({ length: 200 }).reduce<object>((items) => ({ items }), {});
    expect(await upload(schemas({ Deep: deep }))).toMatchObject({
      status: 400,
      body: { code: 'BODY_TOO_DEEP' },
    });
    const paths = Object.fromEntries(Array.from({ length: 20_001 }, (_, index) => [`/p${index}`, {}]));
    expect(await places(smallDocument({ paths }))).toEqual(['/paths size']);
  });

  it('is refused where it is small as text and large in memory', async () => {
    const lists = Array.from({ length: 1_000_000 }, () => []);
    expect(await upload(smallDocument({ 'x-lists': lists }))).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'spec', code: 'size' }] },
    });
  });

  it('makes no answer large, however long its names are', async () => {
    const name = 'n'.repeat(1_000_000);
    const $ref = '#/nowhere';
    const all = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`S${index}`, { $ref }]));
    const { text } = await upload(schemas({ [name]: { properties: all } }));
    expect(text.length).toBeLessThan(200_000);
  });

  it('may give one operationId to two operations; the first counts', async () => {
    const operation = (status: number) => ({
      get: { operationId: 'same', responses: { [status]: { description: 'ok' } } },
    });
    const paths = { '/a': operation(200), '/b': operation(201) };
    const twice = await Provider.create(api, { specs: { '1.0.0': smallDocument({ paths }) } });
    expect(await twice.violations('same', { response: { status: 200 } })).toEqual([]);
  });
});
