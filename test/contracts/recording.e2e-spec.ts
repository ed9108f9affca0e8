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
const interaction = (rest: Item = {}) =>
  world.interaction('web@1.0.0', 'orders@2.0.0', 'GET /orders/1', rest);
const record = (rest: Item = {}, query = '') =>
  world.call('POST', `/interactions${query}`, { body: interaction(rest) });
const answering = (body: unknown) => record({ response: { status: 200, body } });
const read = async (id: string) => (await world.call('GET', `/interactions/${id}`)).body;

describe('an interaction', () => {
  it('is recorded once; recorded again, it is the same', async () => {
    const first = await record({
      duration: 12,
      clientInfo: { library: 'jest' },
      timestamp: '2026-11-01T10:00:00+02:00',
    });
    expect(first).toMatchObject({ status: 201, body: { outcome: 'recorded', id: expect.any(String) } });
    const again = await record({ duration: 99 });
    expect(again).toMatchObject({ status: 200, body: { outcome: 'duplicate', id: first.body.id } });
    expect(await read(first.body.id)).toMatchObject({
      service: 'orders',
      serviceVersion: '2.0.0',
      consumer: 'web',
      consumerVersion: '1.0.0',
      environment: 'test',
      operation: 'GET /orders/1',
      request: { method: 'GET', path: '/orders/1' },
      response: { status: 200, body: { answers: 'GET /orders/1' } },
      timestamp: '2026-11-01T08:00:00.000Z',
      duration: 12,
      clientInfo: { library: 'jest' },
      violations: null,
    });
  });

  it.each(['timestamp', 'createdAt', 'created_at', 'updatedAt', 'updated_at', 'date', 'time'])(
    'is the same whatever stands under the key %s, at any depth',
    async (key) => {
      await answering({ list: [{ [key]: 1, x: 1 }] });
      expect((await answering({ list: [{ [key]: 2, x: 1 }] })).body.outcome).toBe('duplicate');
    },
  );

  it.each([
    'update',
    'runtime',
    'candidate',
    'timezone',
    'Date',
    'times',
    'constructor',
    'prototype',
    'toString',
  ])('is another where what stands under the key %s is another', async (key) => {
    const { body } = await answering({ list: [{ [key]: 'a' }] });
    expect((await answering({ list: [{ [key]: 'b' }] })).body.outcome).toBe('recorded');
    expect((await read(body.id)).response.body).toEqual({ list: [{ [key]: 'a' }] });
  });

  it('is the same however its keys are ordered, its headers are written, and its messages travelled', async () => {
    const request = (headers: Item, body: Item) => ({ request: { method: 'POST', headers, body } });
    await record(
      request({ Accept: 'application/json', Host: 'a', 'User-Agent': 'x' }, { a: 1, b: { c: 2, d: 3 } }),
    );
    const same = request(
      { 'CONTENT-LENGTH': '9', accept: 'application/json', connection: 'close' },
      { b: { d: 3, c: 2 }, a: 1 },
    );
    expect((await record(same)).body.outcome).toBe('duplicate');
    const other = request({ accept: 'text/plain' }, { a: 1, b: { c: 2, d: 3 } });
    expect((await record(other)).body.outcome).toBe('recorded');
  });

  it.each(['consumerVersion', 'environment', 'operation'])('is another with another %s', async (field) => {
    await record();
    expect((await record({ [field]: 'other' })).body.outcome).toBe('recorded');
  });

  it('is the same whichever version of the provider answered', async () => {
    await record();
    expect((await record({ serviceVersion: '3.0.0' })).body.outcome).toBe('duplicate');
  });

  it('is kept without the credentials that were sent along, whichever they were', async () => {
    const exchange = (secret: string) => ({
      request: {
        method: 'GET',
        path: '/orders/1',
        headers: { Authorization: `Bearer ${secret}`, 'X-API-Key': secret, accept: 'text/plain' },
        cookies: { session: secret },
      },
      response: { status: 200, headers: { 'set-cookie': [`session=${secret}`, 'theme=dark'] } },
    });
    const { body } = await record(exchange('first-secret'));
    const { request, response } = await read(body.id);
    expect({ request, response }).toEqual({
      request: {
        method: 'GET',
        path: '/orders/1',
        headers: { Authorization: '[redacted]', 'X-API-Key': '[redacted]', accept: 'text/plain' },
        cookies: '[redacted]',
      },
      response: { status: 200, headers: { 'set-cookie': '[redacted]' } },
    });
    expect((await record(exchange('another-secret'))).body).toEqual({ outcome: 'duplicate', id: body.id });
  });

  it('is kept without credentials in headers that are written as a list of names and values too', async () => {
    const headers = [
      { name: 'Cookie', value: 'session=secret' },
      { name: 'Accept', value: 'text/plain' },
    ];
    const { body } = await record({ request: { headers } });
    expect((await read(body.id)).request.headers).toEqual([
      { name: 'Cookie', value: '[redacted]' },
      { name: 'Accept', value: 'text/plain' },
    ]);
  });

  it('registers the services and versions that are not known', async () => {
    await record();
    for (const [service, version] of [
      ['web', '1.0.0'],
      ['orders', '2.0.0'],
    ] as const) {
      const { body } = await world.call('GET', `/services/${world.nameOf(service)}/versions`);
      expect(body.data).toMatchObject([{ version }]);
    }
  });

  it.each<[string, unknown, string]>([
    ['service', 'a b', 'service'],
    ['consumer', undefined, 'consumer'],
    ['consumerVersion', 'a\u0000', 'consumerVersion'],
    ['operation', 'GET /\u0000', 'operation'],
    ['operation', '', 'operation'],
    ['operation', 'x'.repeat(501), 'operation'],
    ['request', 'GET /', 'request'],
    ['request', [], 'request'],
    ['response', null, 'response'],
    ['response', { body: 'a\u0000b' }, 'response'],
    ['response', { 'a\ud800': 1 }, 'response'],
    ['response', { body: 'x'.repeat(256 * 1024) }, 'response'],
    ['timestamp', 'yesterday', 'timestamp'],
    ['timestamp', '0000-01-01T00:00:00Z', 'timestamp'],
    ['duration', -1, 'duration'],
    ['duration', 1.5, 'duration'],
    ['clientInfo', 'jest', 'clientInfo'],
    ['colour', 'red', 'colour'],
    ['then', 1, 'then'],
  ])('is refused where %s is %j', async (field, value, path) => {
    const { status, body } = await record({ [field]: value });
    expect([status, placesOf(body)]).toEqual([400, [path]]);
  });

  it.each(['null', '[]', '"text"', '7', ''])('is refused where the body is %j', async (body) => {
    const headers = { 'content-type': 'application/json' };
    const { status } = await world.call('POST', '/interactions', { headers, body });
    expect(status).toBe(400);
  });

  it('keeps what is large, deep, or looks like an escape', async () => {
    const deep = (depth: number): unknown => (depth === 0 ? 1 : { a: deep(depth - 1) });
    for (const body of [deep(90), 'x'.repeat(250_000), String.raw`\u0000 \ud800`, '👩‍👩‍👧 \u2028', 1e308, '']) {
      const { status, body: recorded } = await answering(body);
      expect(status).toBe(201);
      expect((await read(recorded.id)).response.body).toEqual(body);
    }
  });
});
