import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { placesOf } from './places.js';
import { Scenario } from './scenario.js';

let api: TestApp;
let world: Scenario;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());
beforeEach(() => {
  world = new Scenario(api);
});

type Item = Record<string, unknown>;
const DATA = { request: { path: '/orders/1' }, response: { status: 200, body: { id: 1 } } };
const fixture = (rest: Item = {}) => ({
  service: world.nameOf('orders'),
  serviceVersion: '2.0.0',
  operation: 'GET /orders/{id}',
  data: DATA,
  ...rest,
});
const propose = (rest: Item = {}) => world.call('POST', '/fixtures', { body: fixture(rest) });
const proposed = async (rest: Item = {}): Promise<string> => (await propose(rest)).body.id;
const decide = (id: string, decision: string, as = world) => as.call('POST', `/fixtures/${id}/${decision}`);
const read = async (id: string) => (await world.call('GET', `/fixtures/${id}`)).body;

describe('a fixture', () => {
  it('is a draft until somebody decides', async () => {
    const answer = await propose({ notes: 'as agreed', createdFrom: { test: 'orders.spec.ts' } });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        service: 'orders',
        serviceVersion: '2.0.0',
        operation: 'GET /orders/{id}',
        status: 'draft',
        source: 'manual',
        priority: 1,
        data: DATA,
        createdFrom: { test: 'orders.spec.ts' },
        approvedBy: null,
        approvedAt: null,
        notes: 'as agreed',
      },
    });
    const { created, ...rest } = answer.body;
    expect([created, await read(rest.id)]).toEqual([true, rest]);
  });

  it('that was proposed before is answered as it is now, whatever was decided', async () => {
    const { body: first } = await propose({ notes: 'first', priority: 2 });
    await decide(first.id, 'reject');
    const reordered = { response: DATA.response, request: DATA.request };
    const again = await propose({ notes: 'again', priority: 7, data: reordered });
    expect(again).toMatchObject({
      status: 200,
      body: { created: false, id: first.id, status: 'rejected', notes: 'first', priority: 2 },
    });
    expect((await propose({ source: 'provider' })).status).toBe(201);
  });

  it('that was removed may be proposed again', async () => {
    const id = await proposed();
    await world.call('DELETE', `/fixtures/${id}`);
    expect(await propose()).toMatchObject({ status: 201, body: { created: true, status: 'draft' } });
  });

  it('cannot be changed into another that was proposed', async () => {
    const other = { request: {}, response: { status: 404 } };
    await propose({ data: other });
    const id = await proposed();
    const { status, body } = await world.call('PATCH', `/fixtures/${id}`, { body: { data: other } });
    expect([status, body.code]).toEqual([409, 'FIXTURE_EXISTS']);
    expect((await read(id)).data).toEqual(DATA);
  });

  it('that many propose at once is stored once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => propose()));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(7).fill(200), 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it('is named in the audit log, which keeps nothing of what it holds', async () => {
    const id = await proposed();
    const data = { ...DATA, response: { status: 200, body: { password: 'kept-secret' } } };
    await world.call('PATCH', `/fixtures/${id}`, { body: { data, priority: 3 } });
    const { rows } = await api.database.query(
      `SELECT new_values FROM audit_log WHERE entity_id = '${id}' AND action = 'fixtures.update'`,
    );
    expect(rows).toEqual([{ new_values: { changed: ['data', 'priority'] } }]);
  });

  it('registers the service and the version that it is for', async () => {
    await propose();
    const { body } = await world.call('GET', `/services/${world.nameOf('orders')}/versions`);
    expect(body.data).toMatchObject([{ version: '2.0.0' }]);
  });

  const PATHS: Record<string, string[]> = {
    draft: [],
    approved: ['approve'],
    rejected: ['reject'],
    deprecated: ['approve', 'deprecate'],
  };
  const ALLOWED: [string, string, string][] = [
    ['draft', 'approve', 'approved'],
    ['draft', 'reject', 'rejected'],
    ['approved', 'deprecate', 'deprecated'],
    ['deprecated', 'approve', 'approved'],
  ];
  const brought = async (status: string) => {
    const id = await proposed();
    for (const step of PATHS[status]!) expect((await decide(id, step)).status).toBe(200);
    return id;
  };

  it.each(ALLOWED)('that is %s becomes, by "%s", %s', async (from, decision, to) => {
    const id = await brought(from);
    expect(await decide(id, decision)).toMatchObject({ status: 200, body: { id, status: to } });
    expect((await read(id)).status).toBe(to);
  });

  const FORBIDDEN = Object.keys(PATHS).flatMap((status) =>
    ['approve', 'reject', 'deprecate']
      .filter((decision) => !ALLOWED.some(([from, by]) => from === status && by === decision))
      .map((decision): [string, string] => [status, decision]),
  );
  it.each(FORBIDDEN)('that is %s stays so: "%s" is refused', async (status, decision) => {
    const id = await brought(status);
    const before = await read(id);
    expect(await decide(id, decision)).toMatchObject({ status: 409, body: { code: 'FIXTURE_STATE' } });
    expect(await read(id)).toEqual(before);
  });

  it.each(['approved', 'rejected', 'deprecated'])(
    'that is %s is neither changed nor removed',
    async (status) => {
      const id = await brought(status);
      for (const answer of [
        await world.call('PATCH', `/fixtures/${id}`, { body: { notes: 'late' } }),
        await world.call('DELETE', `/fixtures/${id}`),
      ])
        expect(answer).toMatchObject({ status: 409, body: { code: 'FIXTURE_STATE' } });
    },
  );

  it('that is a draft is changed where a value is sent, its notes cleared by null, and removed', async () => {
    const id = await proposed({ notes: 'first', priority: 3 });
    const change = (body: Item) => world.call('PATCH', `/fixtures/${id}`, { body });
    const data = { request: {}, response: { status: 404 } };
    expect((await change({ data })).body).toMatchObject({ data, notes: 'first', priority: 3 });
    expect((await change({ notes: null, priority: 5 })).body).toMatchObject({
      data,
      notes: null,
      priority: 5,
    });
    expect((await world.call('DELETE', `/fixtures/${id}`)).status).toBe(204);
    expect((await world.call('GET', `/fixtures/${id}`)).body.code).toBe('FIXTURE_NOT_FOUND');
  });

  it.each(['status', 'approvedBy', 'approvedAt', 'source', 'operation'])(
    'has a %s that no change may name',
    async (field) => {
      const id = await proposed();
      const { status, body } = await world.call('PATCH', `/fixtures/${id}`, {
        body: { [field]: 'approved' },
      });
      expect([status, placesOf(body)]).toEqual([400, [field]]);
    },
  );

  it.each(['status', 'approvedBy'])('has a %s that no proposal may name', async (field) => {
    const { status, body } = await propose({ [field]: 'approved' });
    expect([status, placesOf(body)]).toEqual([400, [field]]);
  });

  it('was approved by the principal, who needs the scope for it', async () => {
    const key = async (scopes: string[]) =>
      (await world.call('POST', '/api-keys', { body: { name: 'k', scopes } })).body;
    const writer = await key(['contracts:read', 'contracts:write']);
    const approver = await key(['contracts:read', 'contracts:approve']);
    const id = await proposed();
    for (const decision of ['approve', 'reject', 'deprecate'])
      expect(await decide(id, decision, world.as(writer.apiKey))).toMatchObject({
        status: 403,
        body: { code: 'SCOPE_MISSING' },
      });
    const { body } = await decide(id, 'approve', world.as(approver.apiKey));
    expect(body).toMatchObject({ approvedBy: approver.id, approvedAt: expect.any(String) });
    await decide(id, 'deprecate');
    expect((await decide(id, 'approve')).body.approvedBy).not.toBe(approver.id);
  });

  it('keeps every key of its data', async () => {
    const body = { constructor: { name: 'McLaren' }, prototype: 1, toString: 'x', date: 'today' };
    const data = { request: { path: '/', body, query: { valueOf: '1' } }, response: { status: 200, body } };
    const { status, body: made } = await propose({ data });
    expect(status).toBe(201);
    expect((await read(made.id)).data).toEqual(data);
  });

  it.each<[Item, string[]]>([
    [{ service: 'a b' }, ['service']],
    [{ serviceVersion: undefined }, ['serviceVersion']],
    [{ operation: '\u0000' }, ['operation']],
    [{ source: 'nobody' }, ['source']],
    [{ priority: 101 }, ['priority']],
    [{ priority: 1.5 }, ['priority']],
    [{ data: null }, ['data']],
    [{ data: [] }, ['data']],
    [{ data: {} }, ['data.request', 'data.response']],
    [{ data: { ...DATA, more: 1 } }, ['data.more']],
    [{ data: { ...DATA, request: { path: 7 } } }, ['data.request.path']],
    [{ data: { ...DATA, request: { url: '/' } } }, ['data.request.url']],
    [{ data: { ...DATA, response: { body: '\u0000' } } }, ['data']],
    [{ data: { ...DATA, response: { body: 'x'.repeat(300_000) } } }, ['data']],
    [{ createdFrom: 'x' }, ['createdFrom']],
    [{ notes: 'x'.repeat(4_001) }, ['notes']],
  ])('is refused with %j', async (rest, places) => {
    const { status, body } = await propose(rest);
    expect([status, placesOf(body)]).toEqual([400, places]);
  });
});

describe('a batch of fixtures', () => {
  const batch = (fixtures: unknown) => world.call('POST', '/fixtures/batch', { body: { fixtures } });
  const count = async () => (await world.get('/fixtures', { service: 'orders' })).body.data.length;

  it('is proposed whole', async () => {
    const items = [fixture({ priority: 1 }), fixture({ priority: 2, source: 'provider' })];
    const { status, body } = await batch(items);
    expect([status, body.data.map(({ priority }: Item) => priority)]).toEqual([200, [1, 2]]);
    expect(await count()).toBe(2);
  });

  it('stores what it names twice once', async () => {
    await propose({ source: 'provider' });
    const { body } = await batch([fixture(), fixture({ notes: 'again' }), fixture({ source: 'provider' })]);
    expect(body.data.map(({ created }: Item) => created)).toEqual([true, false, false]);
    expect(body.data[1]).toEqual({ ...body.data[0], created: false });
    expect(await count()).toBe(2);
  });

  it('is refused whole where one is not valid, with its place', async () => {
    const { status, body } = await batch([fixture(), fixture({ priority: -1, data: { request: {} } })]);
    expect([status, placesOf(body)]).toEqual([400, ['fixtures.1.data.response', 'fixtures.1.priority']]);
    expect(await count()).toBe(0);
  });

  it('is refused where it is no list, or one of more than 100', async () => {
    for (const fixtures of [
      undefined,
      null,
      {},
      'x',
      [7],
      [null],
      Array.from({ length: 101 }, () => fixture()),
    ])
      expect((await batch(fixtures)).status).toBe(400);
    expect((await batch([])).status).toBe(200);
  });
});
