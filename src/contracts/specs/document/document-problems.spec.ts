import { describe, expect, it } from '@jest/globals';
import { documentProblems } from './document-problems.js';

const document = (parts: Record<string, unknown> = {}, openapi = '3.0.3') => ({
  openapi,
  info: { title: 'Orders', version: '1' },
  paths: {},
  ...parts,
});
const responding = (schema: unknown) => ({
  paths: {
    '/a': { get: { responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } } } },
  },
});
const schemas = (all: Record<string, unknown>) => ({ components: { schemas: all } });
const problems = async (value: unknown) =>
  (await documentProblems(value)).map(({ path, code }) => `${path} ${code}`);

describe.each(['3.0.3', '3.1.0'])('an uploaded document of OpenAPI %s', (version) => {
  it('may be small', async () => {
    expect(await problems(document({}, version))).toEqual([]);
  });

  it('is refused with each place that breaks the official schema', async () => {
    const paths = {
      '/a': { get: { responses: { 200: {} } }, put: { parameters: [{ name: 'x' }], responses: {} } },
      '/b': { get: { operationId: 5, responses: { 200: { description: 'ok' } } } },
      c: {},
      'x-d': 5,
    };
    const found = await problems(document({ paths, ...schemas({ S: { type: 'strin' } }) }, version));
    expect(found.map((each) => each.split(' ')[0])).toEqual([
      expect.stringMatching(/^\/paths\/~1a/),
      '/paths/~1b/get/operationId',
      '/paths/c',
      expect.stringMatching(/^\/components\/schemas\/S/),
    ]);
  });

  it('is refused with every reference to elsewhere, none of which is fetched', async () => {
    const properties = {
      a: { $ref: 'https://evil.example/x.json' },
      b: { $ref: 'file:///etc/passwd' },
      c: { $ref: './d.yaml#/x' },
    };
    expect(await problems(document(responding({ type: 'object', properties }), version))).toEqual([
      '/paths/~1a/get/responses/200/content/application~1json/schema/properties/c/$ref externalReference',
      '/paths/~1a/get/responses/200/content/application~1json/schema/properties/b/$ref externalReference',
      '/paths/~1a/get/responses/200/content/application~1json/schema/properties/a/$ref externalReference',
    ]);
  });

  it('is refused with references that name nothing', async () => {
    const $ref = '#/components/schemas/Nope';
    expect(await problems(document(schemas({ A: { items: { $ref }, type: 'array' } }), version))).toEqual([
      '/components/schemas/A/items/$ref unresolvedReference',
    ]);
    expect(await problems(document(schemas({ A: { $ref: '#/__proto__' } }), version))).toEqual([
      '/components/schemas/A/$ref unresolvedReference',
    ]);
  });

  it('is refused with anchors, which mean what only a resolver of schema identifiers knows', async () => {
    expect(await problems(document(schemas({ A: { $ref: '#node' } }), version))).toEqual([
      '/components/schemas/A/$ref anchor',
    ]);
  });

  it('may refer to itself', async () => {
    const parts = schemas({
      A: { properties: { b: { $ref: '#/components/schemas/B' }, a: { $ref: '#/components/schemas/A' } } },
      B: { items: { $ref: '#/components/schemas/A' }, type: 'array' },
    });
    expect(await problems(document(parts, version))).toEqual([]);
  });

  it('may hold anything in its examples, defaults and extensions', async () => {
    const odd = { $ref: 'http://evil.example', $id: 'x', id: 'y', $schema: 'z' };
    const schema = { type: 'object', example: odd, default: odd, enum: [odd], 'x-odd': odd };
    expect(await problems(document(responding(schema), version))).toEqual([]);
  });

  it('is refused with at most fifty places', async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`S${i}`, { type: 'x' }]));
    expect(await problems(document(schemas(many), version))).toHaveLength(50);
  });

  it('costs little where it has 30,000 parameters, which must differ', async () => {
    const parameters = Array.from({ length: 30_000 }, (_, i) => ({ $ref: `#/${i}` }));
    const start = performance.now();
    await documentProblems(document({ paths: { '/a': { parameters } } }, version));
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it('is refused where one piece of it is too large to be checked in one turn', async () => {
    const allOf = Array.from({ length: 100_000 }, () => ({ type: 'string' }));
    expect(await problems(document(schemas({ A: { allOf } }), version))).toEqual([
      '/components/schemas/A size',
    ]);
  });
});

describe('an uploaded value', () => {
  it.each([
    [null],
    [5],
    [[]],
    [{}],
    [{ swagger: '2.0' }],
    [{ openapi: 3 }],
    [{ openapi: '3.2.0' }],
    [{ openapi: '4.0.0' }],
  ])('that is %j is no OpenAPI document', async (value) => {
    expect(await problems(value)).toEqual(['/openapi version']);
  });
});
