import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '../support/app.js';
import {
  NOWHERE,
  RECIPES,
  type RecipeApp,
  type Target,
  callRecipe,
  createRecipeApp,
  isPlatform,
  operationsOf,
} from '../support/recipes.js';

/** Those with a credential of their own are for people who are in no tenant yet. */
const ofTenants = Object.entries(RECIPES).filter(([operation, { as }]) => !isPlatform(operation) && !as);
const ofThePlatform = Object.keys(RECIPES).filter(isPlatform);

/** Other names of the same letters: in a picture they take as much room. */
const mirrored = (target: Target): Target => {
  const backwards = (name: string) => [...name].toReversed().join('');
  if (typeof target === 'string') return backwards(target);
  return Object.fromEntries(Object.entries(target).map(([key, name]) => [key, backwards(name)]));
};

describe('the same request as acme and as globex', () => {
  let api: RecipeApp;
  beforeAll(async () => {
    api = await createRecipeApp();
  });
  afterAll(() => api.close());

  const send = (operation: string, as: string, target: Target) => callRecipe(api, operation, as, target);
  /** All that differs between two answers of the same kind: the request id, and the name that was asked for. */
  const comparable = ({ status, text }: Answer, target: Target) => {
    const names = typeof target === 'string' ? [target] : Object.values(target);
    const told = text.replace(/"instance":"[^"]+"/, '');
    return { status, text: names.reduce((rest, name) => rest.replaceAll(name, 'it'), told) };
  };

  it('has a recipe for every route of the OpenAPI document', () => {
    expect(operationsOf(api).sort()).toEqual(Object.keys(RECIPES).sort());
  });

  it.each(ofTenants)(
    '%s answers acme, and globex nothing of acme',
    async (operation, { resource, statusOfNothing = 404 }) => {
      if (!resource) {
        const acme = await send(operation, api.acme.apiKey, '');
        const globex = await send(operation, api.globex.apiKey, '');
        expect([acme.status, globex.status].every((status) => status < 300)).toBe(true);
        expect(globex.text).not.toContain(api.acme.id);
        return;
      }
      const id = await resource(api);
      const stolen = await send(operation, api.globex.apiKey, id);
      const nothing = statusOfNothing === 404 ? NOWHERE : mirrored(id);
      const nowhere = await send(operation, api.globex.apiKey, nothing);
      expect(stolen.status).toBe(statusOfNothing);
      expect(comparable(stolen, id)).toEqual(comparable(nowhere, nothing));
      expect((await send(operation, api.acme.apiKey, id)).status).toBeLessThan(300);
    },
  );

  it.each(ofThePlatform)('%s is refused to tenants', async (operation) => {
    expect(await send(operation, api.acme.apiKey, api.globex.id)).toMatchObject({
      status: 403,
      body: { code: 'SCOPE_MISSING' },
    });
  });

  it('lists own rows only', async () => {
    for (const [as, title] of [
      [api.acme.apiKey, 'of acme'],
      [api.globex.apiKey, 'of globex'],
    ] as const) {
      await api.call('POST', '/v1/notes', { as, body: { title } });
    }
    const { text } = await api.call('GET', '/v1/notes?limit=100', { as: api.globex.apiKey });
    expect(text).toContain('of globex');
    expect(text).not.toContain('of acme');
  });
});
