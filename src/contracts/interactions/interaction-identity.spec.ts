import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from './canonical.js';
import { type InteractionFacts, interactionHash } from './interaction-identity.js';

const facts = (change: Partial<InteractionFacts> = {}): InteractionFacts => ({
  service: 'orders',
  consumer: 'web',
  consumerVersion: '1.0.0',
  environment: 'test',
  operation: 'GET /orders/{id}',
  request: { method: 'GET', path: '/orders/1', headers: { Accept: 'application/json' } },
  response: { status: 200, headers: { 'Content-Type': 'application/json' }, body: { id: 1, total: 12 } },
  ...change,
});
const hash = (change?: Partial<InteractionFacts>) => interactionHash(facts(change));
const withBody = (body: Json) => hash({ response: { status: 200, body } });

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
const name = fc.string({ minLength: 1, maxLength: 8 });

/** The same value with its keys in another order. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, child]) => [key, reversed(child)]),
  );
}

describe('the identity of an interaction', () => {
  it('does not depend on the order of keys, but on that of array items', () => {
    fc.assert(fc.property(json, (body) => expect(withBody(reversed(body))).toBe(withBody(body))));
    expect(withBody([1, 2])).not.toBe(withBody([2, 1]));
  });

  it('ignores the case of header names, but not that of their values', () => {
    const headers = (value: { [name: string]: Json }) => hash({ request: { method: 'GET', headers: value } });
    expect(headers({ ACCEPT: 'a/b' })).toBe(headers({ accept: 'a/b' }));
    expect(headers({ accept: 'A/b' })).not.toBe(headers({ accept: 'a/b' }));
  });

  it('ignores how a message travelled, also where a header is called Date', () => {
    const travelled = {
      Host: 'a:1',
      'User-Agent': 'x',
      Connection: 'close',
      'accept-encoding': 'br',
      'Content-Length': '9',
      Date: 'today',
    };
    expect(hash({ request: { method: 'GET', headers: travelled } })).toBe(
      hash({ request: { method: 'GET', headers: {} } }),
    );
  });

  it.each(['timestamp', 'createdAt', 'created_at', 'updatedAt', 'updated_at', 'date', 'time'])(
    'ignores a key that is called %s as a whole, at any depth',
    (key) => expect(withBody({ items: [{ id: 1, [key]: 'now' }] })).toBe(withBody({ items: [{ id: 1 }] })),
  );

  it.each(['update', 'runtime', 'candidate', 'timezone', 'Date', 'dateTime', 'timestamps'])(
    'keeps a key that is called %s',
    (key) => expect(withBody({ [key]: 'a' })).not.toBe(withBody({ [key]: 'b' })),
  );

  it('keeps the header names apart from the keys of a body', () => {
    expect(withBody({ headers: { Host: 'a' } })).not.toBe(withBody({ headers: { Host: 'b' } }));
  });

  it('differs wherever a part differs, however the parts are cut', () => {
    const parts = ['service', 'consumer', 'consumerVersion', 'environment', 'operation'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...parts), name, name, (part, a, b) => {
        expect(hash({ [part]: a }) === hash({ [part]: b })).toBe(a === b);
      }),
    );
    fc.assert(
      fc.property(name, name, (a, b) => {
        fc.pre(a !== b);
        expect(hash({ service: a, consumer: b })).not.toBe(hash({ service: b, consumer: a }));
      }),
    );
    expect(hash({ service: 'a|b', consumer: 'c' })).not.toBe(hash({ service: 'a', consumer: 'b|c' }));
  });

  it('differs wherever the body differs in what is not volatile', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        fc.pre(!mentionsVolatile(a) && !mentionsVolatile(b));
        expect(withBody(a) === withBody(b)).toBe(sameJson(a, b));
      }),
    );
  });
});

const mentionsVolatile = (value: Json) =>
  /"(timestamp|createdAt|created_at|updatedAt|updated_at|date|time)":/.test(JSON.stringify(value));
const sameJson = (a: Json, b: Json): boolean => {
  try {
    expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
    return true;
  } catch {
    return false;
  }
};
