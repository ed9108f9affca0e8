import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { Scenario } from './scenario.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

it('a specification keeps every key, whatever objects have by nature', async () => {
  const world = new Scenario(api);
  const properties = {
    constructor: { type: 'string' },
    prototype: { type: 'string' },
    toString: { type: 'string' },
  };
  const spec = {
    openapi: '3.1.0',
    info: { title: 'Races', version: '1.0.0' },
    paths: {},
    components: { schemas: { Race: { type: 'object', properties } } },
  };
  await world.versions('races@1.0.0');
  const at = `/services/${world.nameOf('races')}/specs`;
  expect((await world.call('PUT', at, { body: { version: '1.0.0', spec } })).status).toBe(201);
  expect((await world.call('GET', `${at}?include=spec`)).body.spec).toEqual(spec);
});
