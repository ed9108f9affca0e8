import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TENANT_OPERATIONS, askAsStranger } from '../isolation/attacks/http/strangers.js';
import {
  RECIPES,
  type RecipeApp,
  callRecipe,
  createRecipeApp,
  isPlatform,
  operationsOf,
} from '../support/recipes.js';

const ofThePlatform = Object.keys(RECIPES).filter(isPlatform);

describe('the same request as acme and as globex', () => {
  let api: RecipeApp;
  beforeAll(async () => {
    api = await createRecipeApp();
  });
  afterAll(() => api.close());

  it('has a recipe for every route of the OpenAPI document', () => {
    expect(operationsOf(api).sort()).toEqual(Object.keys(RECIPES).sort());
  });

  it.each(TENANT_OPERATIONS)('%s answers acme, and globex nothing of acme', async (operation) => {
    expect(await askAsStranger(api, operation)).toEqual([]);
  });

  it.each(ofThePlatform)('%s is refused to tenants', async (operation) => {
    expect(await callRecipe(api, operation, api.acme.apiKey, api.globex.id)).toMatchObject({
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
