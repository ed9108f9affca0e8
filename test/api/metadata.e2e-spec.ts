import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';

describe('metadata', () => {
  let api: TestApp;
  beforeAll(async () => {
    api = await createTestApp();
  });
  afterAll(() => api.close());

  let count = 0;
  const create = (metadata: unknown) =>
    api.call('POST', '/v1/notes', { as: api.acme.apiKey, body: { title: `note ${count++}`, metadata } });
  /** A body as text, where JavaScript's own objects would not keep what it says. */
  const createRaw = (text: string) =>
    api.call('POST', '/v1/notes', {
      as: api.acme.apiKey,
      headers: { 'content-type': 'application/json' },
      body: `{"title": "note ${count++}", "metadata": ${text}}`,
    });
  const list = (query: string) => api.call('GET', `/v1/notes?${query}`, { as: api.acme.apiKey });
  const codes = (answer: { body: { errors?: { code: string }[] } }) =>
    answer.body.errors?.map(({ code }) => code);

  it('is kept as it was sent', async () => {
    const metadata = { tags: ['a'], '': 1, 1: { 'a.b': null }, toString: [true] };
    const { status, body } = await create(metadata);
    expect(status).toBe(201);
    expect(body.metadata).toEqual(metadata);
    expect((await api.call('GET', `/v1/notes/${body.id}`, { as: api.acme.apiKey })).body.metadata).toEqual(
      metadata,
    );
  });

  it('is kept without `constructor`, which Nest takes out of every body', async () => {
    expect((await create({ constructor: 'x', a: 1 })).body.metadata).toEqual({ a: 1 });
  });

  it('is empty where none was sent', async () => {
    const { body } = await api.call('POST', '/v1/notes', { as: api.acme.apiKey, body: { title: 'bare' } });
    expect(body.metadata).toEqual({});
  });

  it('is refused with the path of each forbidden key', async () => {
    const { status, body } = await create({
      colour: 'red',
      Status: 'paid',
      lines: [{ 'unit-price': 1 }, { note: 'x' }],
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      type: 'urn:rowhouse:problem:METADATA_FORBIDDEN_KEY',
      code: 'METADATA_FORBIDDEN_KEY',
      errors: [
        { path: 'metadata.Status', code: 'metadataForbiddenKey' },
        { path: 'metadata.lines.0.unit-price', code: 'metadataForbiddenKey' },
      ],
    });
    expect(body.detail).toContain('metadata.Status names a business value');
  });

  it('is told together with all else that is wrong', async () => {
    const { body } = await api.call('POST', '/v1/notes', {
      as: api.acme.apiKey,
      body: { metadata: { price: 1 }, extra: 1 },
    });
    expect(body.code).toBe('METADATA_FORBIDDEN_KEY');
    expect(codes({ body })).toEqual(expect.arrayContaining(['metadataForbiddenKey', 'unknown', 'required']));
  });

  it('is refused in a PATCH too', async () => {
    const { body } = await create({});
    const patch = (metadata: unknown) =>
      api.call('PATCH', `/v1/notes/${body.id}`, { as: api.acme.apiKey, body: { metadata } });
    expect((await patch({ a: { qty: 1 } })).body.code).toBe('METADATA_FORBIDDEN_KEY');
    expect(codes(await patch(null))).toEqual(['isObject']);
    expect((await patch({ a: 1 })).body.metadata).toEqual({ a: 1 });
  });

  it.each([
    ['null', 'isObject'],
    ['[]', 'isObject'],
    ['"text"', 'isObject'],
    [`{"a": "${'x'.repeat(16_384)}"}`, 'metadataSize'],
    [`${'{"a":'.repeat(11)}1${'}'.repeat(11)}`, 'metadataDepth'],
  ])('is refused: %.20s', async (text, code) => {
    const answer = await createRaw(text);
    expect(answer.status).toBe(400);
    expect(codes(answer)).toContain(code);
  });

  it('of 10,000 levels is a 400, by the limit that holds for every body', async () => {
    const { status, body } = await createRaw(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`);
    expect([status, body.code]).toEqual([400, 'BODY_TOO_DEEP']);
    expect((await create({})).status).toBe(201);
  });

  it.each(['{"__proto__": {}}', '{"a": [{"\\u005f_proto__": 1}]}', '{"constructor": {"prototype": {}}}'])(
    'with a prototype in it is a 400: %s',
    async (text) => {
      expect((await createRaw(text)).status).toBe(400);
    },
  );

  it('with a NUL in a key or a text is a 400', async () => {
    expect((await create({ 'a\0b': 1 })).body.code).toBe('VALUE_REFUSED');
    expect((await create({ a: 'a\0b' })).body.code).toBe('VALUE_REFUSED');
  });

  it('names at most 50 keys, and long ones in part', async () => {
    const { body } = await create({ ['x'.repeat(8_000)]: Array.from({ length: 300 }, () => ({ sku: 1 })) });
    expect(body.errors).toHaveLength(50);
    expect(body.errors[0].path.length).toBeLessThan(600);
  });

  describe('filters', () => {
    beforeAll(async () => {
      await create({ source: { name: 'import' }, tags: ['red', 'blue'], isNew: true, level: 7 });
    });
    it.each([
      ['metadata.source.name=import', 1],
      ['metadata.tags=red&metadata.tags.1=blue', 1],
      ['metadata.isNew=true', 1],
      ['metadata.level=7', 1],
      ['metadata.level=8', 0],
      ['metadata.tags=green', 0],
      ['metadata.__proto=x', 0],
      ['metadata.constructor=x', 0],
    ])('%s finds %i', async (query, found) => {
      const { status, body } = await list(query);
      expect([status, body.data?.length]).toEqual([200, found]);
    });

    it.each(['price', 'Unit-Price', 'a.status', 'rate.a', '__proto__', '%EF%BD%90rice', 'pri%E2%80%8Bce'])(
      'on metadata.%s are refused',
      async (key) => {
        const { status, body } = await list(`metadata.${key}=1`);
        expect([status, body.code]).toEqual([400, 'METADATA_FORBIDDEN_KEY']);
        expect(body.errors[0].path).toBe(`metadata.${decodeURIComponent(key)}`);
      },
    );

    it.each([
      'metadata=x',
      'metadata=x&metadata.a=1',
      'metadata.a=1&metadata.a=2',
      `metadata.a=${'x'.repeat(1_001)}`,
    ])('are refused where they cannot be read: %.30s', async (query) => {
      const { status, body } = await list(query);
      expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED']);
    });

    it('are refused by lists that have none', async () => {
      const { status, body } = await api.call('GET', '/v1/api-keys?metadata.a=1', { as: api.acme.apiKey });
      expect([status, body.errors]).toMatchObject([400, [{ path: 'metadata', code: 'unknown' }]]);
    });
  });
});
