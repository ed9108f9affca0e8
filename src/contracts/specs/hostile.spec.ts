import { describe, expect, it } from '@jest/globals';
import { type RecordedExchange, checkExchange } from './check.js';
import { CompiledDocument } from './operations.js';

const json = (schema: unknown) => ({ content: { 'application/json': { schema } } });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const named = <T>(count: number, make: (index: number) => T): Record<string, T> =>
  Object.fromEntries(many(count, (index) => [`k${index}`, make(index)]));

/** A document whose one operation answers with `schema`. */
const answering = (schema: unknown, rest: Record<string, unknown> = {}) => ({
  openapi: '3.1.0',
  info: { title: 'Hostile', version: '1' },
  paths: { '/a': { get: { responses: { 200: json(schema) } } } },
  ...rest,
});
const taking = (operation: Record<string, unknown>, rest: Record<string, unknown> = {}) => ({
  ...answering({}),
  paths: { '/a': { get: { responses: { 200: json({}) }, ...operation } } },
  ...rest,
});
const answer = (body: unknown): Partial<RecordedExchange> => ({ response: { status: 200, body } });
const longKey = 'k'.repeat(3_000_000);

/** Each would take seconds, or hang, where a check trusted what strangers upload and record. */
const CASES: [string, Record<string, unknown>, Partial<RecordedExchange>][] = [
  [
    'a fan-out of references',
    answering(
      { $ref: '#/l/k0' },
      {
        l: named(40, (i) => ({ allOf: [{ $ref: `#/l/k${i + 1}` }, { $ref: `#/l/k${i + 1}` }] })),
      },
    ),
    answer(1),
  ],
  ['a catastrophic pattern', answering({ pattern: '^(a+)+$' }), answer(`${'a'.repeat(50_000)}!`)],
  [
    'an enum of a hundred thousand values, asked of each item',
    answering({ items: { enum: many(100_000, (i) => `value ${i}`) } }),
    answer(many(1_000, () => 'other')),
  ],
  [
    'an enum of one huge value',
    answering({ items: { enum: [named(200_000, (i) => `value ${i}`)] } }),
    answer(many(1_000, () => ({}))),
  ],
  [
    'a hundred thousand dependent schemas',
    answering({ items: { dependentSchemas: named(100_000, () => true) } }),
    answer(many(1_000, () => ({}))),
  ],
  [
    'a hundred thousand patterns of names',
    answering({ items: { patternProperties: named(100_000, () => true) } }),
    answer(many(1_000, () => ({ a: 1 }))),
  ],
  [
    'many parts, of each of which all properties are asked',
    answering({ allOf: many(10_000, () => ({ properties: {} })), unevaluatedProperties: false }),
    answer(named(10_000, () => 1)),
  ],
  [
    'many parts, of each of which all items are asked',
    answering({ allOf: many(10_000, () => ({ prefixItems: [] })), unevaluatedItems: false }),
    answer(many(20_000, () => 1)),
  ],
  [
    'a reference of megabytes, followed for each item',
    answering({ items: { $ref: `#/x/${longKey}` } }, { x: { [longKey]: { type: 'string' } } }),
    answer(many(1_000, () => 1)),
  ],
  [
    'a hundred thousand types to read a parameter as',
    taking(
      { parameters: [{ name: 'a', in: 'query', schema: { $ref: '#/x' } }] },
      {
        x: { type: 'array', items: { $ref: '#/y' } },
        y: { allOf: many(300_000, () => ({ type: 'integer' })) },
      },
    ),
    { request: { query: { a: many(50_000, () => '1') } } },
  ],
  [
    'a hundred thousand parameters',
    taking({
      parameters: many(100_000, (i) => ({ name: `p${i}`, in: 'query', schema: { type: 'object' } })),
    }),
    {},
  ],
  [
    'a hundred thousand headers',
    taking({ responses: { 200: { headers: named(100_000, () => ({ schema: {} })) } } }),
    { response: { status: 200, headers: { a: 'b' } } },
  ],
  [
    'a hundred thousand media types',
    taking({ responses: { 200: { content: named(100_000, () => ({ schema: {} })) } } }),
    answer({}),
  ],
  [
    'twenty thousand paths of one shape',
    { ...answering({}), paths: ofOneShape(20_000) },
    { operation: 'GET /nowhere/at/all' },
  ],
  [
    'paths of which all have the same large item',
    {
      ...answering({}),
      paths: Object.fromEntries(many(2_000, (i) => [`/p${i}`, { $ref: '#/item' }])),
      item: { parameters: many(50_000, (i) => ({ name: `p${i}`, in: 'query' })), get: { responses: {} } },
    },
    { operation: 'GET /p1' },
  ],
  [
    'the URL of a server that is all slashes',
    answering({}, { servers: [{ url: `${'/'.repeat(300_000)}x` }] }),
    {},
  ],
  [
    'the URL of a server that grows as it is filled',
    answering(
      {},
      {
        servers: [{ url: '{a}'.repeat(20_000), variables: { a: { default: 'x'.repeat(50_000) } } }],
      },
    ),
    {},
  ],
  [
    'a query that names one thing a hundred thousand times',
    answering({}),
    { request: { query: 'a&'.repeat(100_000) } },
  ],
  [
    'a text that nests deeper than the stack',
    answering({ type: 'array', uniqueItems: true }),
    answer(`${'['.repeat(50_000)}${']'.repeat(50_000)}`),
  ],
];

function ofOneShape(count: number): Record<string, unknown> {
  return Object.fromEntries(
    many(count, (i) => [`/nowhere/{x}/k${i}`, { get: { responses: { 200: json({}) } } }]),
  );
}

/** Of this thread's time, which other processes cannot stretch; most of it is for the first round's compilers. */
const LONGEST_MS = 2_000;
const threadMs = () => process.threadCpuUsage().user / 1_000;

describe('a check against a hostile description, or of a hostile recording', () => {
  it.each(CASES)('is over soon for %s', (_, description, exchange) => {
    const start = threadMs();
    const document = new CompiledDocument(description);
    const found = checkExchange(document, {
      operation: 'GET /a',
      request: {},
      response: { status: 200 },
      ...exchange,
    });
    expect(threadMs() - start).toBeLessThan(LONGEST_MS);
    expect(JSON.stringify(found).length).toBeLessThan(100_000);
  });
});
