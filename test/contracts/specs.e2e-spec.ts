import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { example, smallDocument } from './documents/documents.js';
import { Provider } from './provider.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

const petstore = () => example('3.0/json/petstore.json');
const titled = (title: string) => smallDocument({ info: { title, version: '1' } });

describe('uploading a specification', () => {
  it('stores it for a version, which it registers, on the main branch and for every environment', async () => {
    const provider = await Provider.create(api);
    const { status, body } = await provider.upload({ version: '2.1.0', spec: petstore() });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      service: provider.name,
      version: '2.1.0',
      branch: 'main',
      environment: null,
      specType: 'openapi',
      contentSha: expect.stringMatching(/^[0-9a-f]{64}$/),
      created: true,
      replaced: false,
    });
    const versions = await api.call('GET', `/v1/services/${provider.name}/versions`, { as: api.acme.apiKey });
    expect(versions.body.data).toMatchObject([{ version: '2.1.0' }]);
  });

  it('answers the same document again with what is there, whatever the order of its keys', async () => {
    const provider = await Provider.create(api);
    const first = await provider.upload({ spec: petstore() });
    const reversed = Object.fromEntries(Object.entries(petstore()).toReversed());
    const again = await provider.upload({ spec: reversed });
    expect(again.status).toBe(200);
    expect(again.body).toEqual({ ...first.body, created: false });
  });

  it('refuses another document in the same place, and says where the two differ', async () => {
    const provider = await Provider.create(api, { specs: { '1.0.0': petstore() } });
    const spec = petstore() as { paths: Record<string, Record<string, object>> };
    delete spec.paths['/pet/findByStatus'];
    spec.paths['/pet']!['put'] = { ...spec.paths['/pet']!['put'], operationId: 'replacePet' };
    const { status, body } = await provider.upload({ spec });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'SPEC_EXISTS',
      errors: [
        {
          path: '/paths/~1pet/put/operationId',
          code: 'changed',
          message: 'was "updatePet", is "replacePet"',
        },
        { path: '/paths/~1pet~1findByStatus', code: 'removed', message: 'was {get}' },
      ],
    });
    expect((await provider.find('?include=spec')).body.spec).toEqual(petstore());
  });

  it('replaces it where that is asked for, with 200', async () => {
    const provider = await Provider.create(api, { specs: { '1.0.0': titled('before') } });
    const { status, body } = await provider.upload({ spec: titled('after') }, '?replace=true');
    expect(status).toBe(200);
    expect(body).toMatchObject({ created: false, replaced: true });
    expect((await provider.find('?include=spec')).body.spec).toEqual(titled('after'));
    expect((await provider.list()).body.data).toHaveLength(1);
  });

  it('keeps branches and environments apart', async () => {
    const provider = await Provider.create(api);
    const places = [{}, { branch: 'next' }, { environment: 'test' }, { branch: 'next', environment: 'test' }];
    for (const [index, place] of places.entries()) {
      const { status } = await provider.upload({ ...place, spec: titled(`${index}`) });
      expect(status).toBe(201);
    }
    const found = async (query: string) =>
      (await provider.find(`?include=spec&${query}`)).body.spec.info.title;
    expect(await found('version=1.0.0')).toBe('0');
    expect(await found('branch=next')).toBe('1');
    expect(await found('branch=main&environment=test')).toBe('2');
    expect(await found('branch=next&environment=test')).toBe('3');
    expect(await found('branch=main&environment=production')).toBe('0');
  });

  it('lets one of two different documents win that are uploaded at once, and both of two equal ones', async () => {
    const provider = await Provider.create(api);
    const different = await Promise.all(
      ['a', 'b'].map((title) => provider.upload({ version: '1.0.0', spec: titled(title) })),
    );
    expect(different.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const equal = await Promise.all([1, 2, 3, 4].map(() => provider.upload({ version: '2.0.0' })));
    expect(equal.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 201]);
  });

  it.each(['graphql', 'asyncapi', 'grpc', 'soap'])(
    'stores what a service of %s says as it is',
    async (specType) => {
      const provider = await Provider.create(api, { specType });
      const spec = { document: 'type Query { orders: [Order] }', $ref: 'http://127.0.0.1:1/x' };
      const { status, body } = await provider.upload({ spec });
      expect({ status, specType: body.specType }).toEqual({ status: 201, specType });
      expect((await provider.find('?include=spec')).body.spec).toEqual(spec);
      expect((await provider.record('Query.orders')).body).not.toHaveProperty('violations');
    },
  );

  it('refuses services that are not known, and those of other tenants', async () => {
    const provider = await Provider.create(api);
    for (const [as, name] of [
      [api.acme.apiKey, 'nobody'],
      [api.globex.apiKey, provider.name],
    ] as const) {
      const body = { version: '1', spec: smallDocument() };
      const answer = await api.call('PUT', `/v1/services/${name}/specs`, { as, body });
      expect(answer).toMatchObject({ status: 404, body: { code: 'SERVICE_NOT_FOUND' } });
    }
  });
});

describe('finding a specification', () => {
  let provider: Provider;
  beforeAll(async () => {
    const versions = ['1.2.0', '1.2.9', '1.4.0', '2.0.0-beta.1', 'nightly'];
    const specs = Object.fromEntries(versions.map((version) => [version, titled(version)]));
    provider = await Provider.create(api, { specs });
  });

  it.each([
    ['version=1.2.0', '1.2.0', 'exact'],
    ['version=nightly', 'nightly', 'exact'],
    ['version=1.2.5', '1.2.9', 'minor'],
    ['version=1.3.0', '1.4.0', 'major'],
    ['version=2.1.0', '2.0.0-beta.1', 'major'],
    ['version=3.0.0', 'nightly', 'latest'],
    ['version=weekly', 'nightly', 'latest'],
    ['version=latest', 'nightly', 'latest'],
    ['', 'nightly', 'latest'],
  ])('with "%s" answers %s and says that it is %s', async (query, version, match) => {
    const { status, body } = await provider.find(`?${query}`);
    expect({ status, version: body.version, match: body.match }).toEqual({ status: 200, version, match });
    expect(body).not.toHaveProperty('spec');
  });

  it('answers 304 to whoever has it already, until it is replaced', async () => {
    const { headers } = await provider.find('?version=1.4.0');
    const known = { 'if-none-match': String(headers['etag']) };
    expect((await provider.find('?version=1.4.0', known)).status).toBe(304);
    expect((await provider.find('?version=1.4.1', known)).status).toBe(200);
    await provider.upload({ version: '1.4.0', spec: titled('other') }, '?replace=true');
    expect((await provider.find('?version=1.4.0', known)).status).toBe(200);
  });

  it('answers 404 where there is none', async () => {
    const nothing = await Provider.create(api);
    expect(await nothing.find()).toMatchObject({ status: 404, body: { code: 'SPEC_NOT_FOUND' } });
    expect(await provider.find('?branch=next')).toMatchObject({
      status: 404,
      body: { code: 'SPEC_NOT_FOUND' },
    });
  });

  it('lists all without their documents, newest first, page by page', async () => {
    const first = await provider.list('?limit=3');
    const second = await provider.list(`?limit=3&after=${first.body.page.next}`);
    const listed = [...first.body.data, ...second.body.data];
    expect(listed.map(({ version }: { version: string }) => version)).toEqual([
      'nightly',
      '2.0.0-beta.1',
      '1.4.0',
      '1.2.9',
      '1.2.0',
    ]);
    expect(listed.some((each) => 'spec' in each)).toBe(false);
    expect(second.body.page.next).toBeNull();
  });
});
