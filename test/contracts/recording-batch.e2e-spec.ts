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
const read = async (id: string) => (await world.call('GET', `/interactions/${id}`)).body;
const outcomesOf = ({ body }: { body: { results: { outcome: string }[] } }) =>
  body.results.map(({ outcome }) => outcome);

describe('an interaction that contradicts the specification', () => {
  beforeEach(async () => {
    const spec = {
      openapi: '3.1.0',
      info: { title: 'Orders', version: '2.0.0' },
      paths: {
        '/orders/1': {
          get: { responses: { 200: { description: 'The order', content: { 'application/json': {} } } } },
        },
      },
    };
    await world.versions('orders@2.0.0');
    await world.call('PUT', `/services/${world.nameOf('orders')}/specs`, {
      body: { version: '2.0.0', spec },
    });
  });
  const wrong = { operation: 'GET /invoices', request: { method: 'GET', path: '/invoices' } };

  it('is recorded with its violations', async () => {
    const { status, body } = await record(wrong);
    expect(status).toBe(201);
    expect(body.violations).not.toEqual([]);
    expect((await read(body.id)).violations).toEqual(body.violations);
    expect((await record()).body.violations).toEqual([]);
  });

  it('registers nobody where it is refused', async () => {
    const item = world.interaction('ghost@1.0.0', 'orders@2.0.0', 'GET /nowhere');
    const { body } = await world.call('POST', '/interactions/batch?strict=true', {
      body: { interactions: [item] },
    });
    expect(outcomesOf({ body })).toEqual(['refused']);
    expect((await world.call('GET', `/services/${world.nameOf('ghost')}`)).status).toBe(404);
  });

  it('is refused, and not stored, where the caller is strict', async () => {
    const refused = await record(wrong, '?strict=true');
    expect(refused).toMatchObject({ status: 422, body: { code: 'INTERACTION_VIOLATES_SPEC' } });
    expect(refused.body.errors).not.toEqual([]);
    expect((await record(wrong)).body.outcome).toBe('recorded');
    expect((await record({}, '?strict=true')).status).toBe(201);
    expect((await record({}, '?strict=maybe')).status).toBe(400);
  });

  it('keeps no other of its batch out', async () => {
    const body = { interactions: [interaction(wrong), interaction()] };
    const answer = await world.call('POST', '/interactions/batch?strict=true', { body });
    expect(outcomesOf(answer)).toEqual(['refused', 'recorded']);
    expect(answer.body.results[0]).not.toHaveProperty('id');
  });
});

describe('a batch', () => {
  const numbered = (count: number) =>
    Array.from({ length: count }, (_, i) => interaction({ response: { status: 200, body: i } }));

  it('of 500 is recorded at once; of 501 refused', async () => {
    const answer = await world.recordBatch(numbered(500));
    expect(answer).toMatchObject({ status: 200, body: { summary: { recorded: 500, duplicate: 0 } } });
    expect((await world.recordBatch(numbered(500))).body.summary).toMatchObject({
      recorded: 0,
      duplicate: 500,
    });
    expect((await world.recordBatch(numbered(501))).status).toBe(400);
    expect((await world.recordBatch([])).body).toMatchObject({ results: [] });
  });

  it('tells the outcome of each, in their order, with the places of what is wrong', async () => {
    const same = interaction();
    const answer = await world.recordBatch([
      same,
      interaction({ consumer: 'a b', duration: -1 }),
      same,
      interaction({ response: { body: 'a\u0000' } }),
      interaction({ timestamp: '0000-01-01T00:00:00Z' }),
      interaction({ operation: 'GET /\ud800' }),
      'text' as unknown as Item,
      null as unknown as Item,
      interaction({ unknown: { constructor: 'x' } }),
      interaction({ operation: 'GET /other' }),
    ]);
    expect(answer.status).toBe(200);
    expect(outcomesOf(answer)).toEqual([
      'recorded',
      'invalid',
      'duplicate',
      ...Array.from({ length: 6 }, () => 'invalid'),
      'recorded',
    ]);
    expect([1, 3, 4, 5, 6, 7, 8].map((i) => placesOf(answer.body.results[i]))).toEqual([
      ['consumer', 'duration'],
      ['response'],
      ['timestamp'],
      ['operation'],
      [''],
      [''],
      ['unknown'],
    ]);
    expect(answer.body.results[2].id).toBe(answer.body.results[0].id);
    expect(answer.body.summary).toEqual({ recorded: 2, duplicate: 1, refused: 0, invalid: 7 });
  });

  it('may hold more than other bodies', async () => {
    const large = (i: number) => interaction({ response: { body: `${i}`.padEnd(200_000, 'x') } });
    expect(
      (await world.recordBatch(Array.from({ length: 15 }, (_, i) => large(i)))).body.summary.recorded,
    ).toBe(15);
    expect((await world.recordBatch(Array.from({ length: 30 }, (_, i) => large(i)))).status).toBe(413);
  });

  it.each([{}, { interactions: {} }, { interactions: null }, { interactions: [], more: 1 }, []])(
    'is refused where it is %j',
    async (body) => {
      expect((await world.call('POST', '/interactions/batch', { body })).status).toBe(400);
    },
  );
});
