import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { CONTRACTS_RECIPES } from '../support/recipes/contracts.js';
import { RECIPES, type RecipeApp, callRecipe, createRecipeApp, documentOf } from '../support/recipes.js';

const SCOPES = ['contracts:read', 'contracts:write', 'contracts:approve'];
const DECISIONS = /\/(approve|reject|deprecate)$/;

/** The rule: whoever looks reads, whoever decides approves, all else writes. */
const scopeOf = (operation: string) => {
  if (operation.startsWith('get ')) return 'contracts:read';
  return DECISIONS.test(operation) ? 'contracts:approve' : 'contracts:write';
};

const operations = Object.keys(CONTRACTS_RECIPES);

let api: RecipeApp;
let keys: Record<string, string>;
/** A credential for all but this scope. */
let keysWithout: Record<string, string>;
beforeAll(async () => {
  api = await createRecipeApp();
  const keyFor = async (scopes: string[]) =>
    (await api.call('POST', '/v1/api-keys', { as: api.acme.apiKey, body: { name: 'k', scopes } })).body
      .apiKey;
  const all = async (scopesOf: (scope: string) => string[]) =>
    Object.fromEntries(
      await Promise.all(SCOPES.map(async (scope) => [scope, await keyFor(scopesOf(scope))] as const)),
    );
  keys = await all((scope) => [scope]);
  keysWithout = await all((scope) => ['tenant:read', ...SCOPES.filter((other) => other !== scope)]);
});
afterAll(() => api.close());

describe('the routes of contract testing', () => {
  it.each(operations)('%s says in the document which scope it needs', (operation) => {
    const [method = '', path = ''] = operation.split(' ');
    const described = documentOf(api).paths[path]?.[method as 'get'];
    expect(described?.security).toEqual([{ bearer: [scopeOf(operation)] }]);
  });

  it.each(operations)('%s is open to who has that scope, and to nobody without it', async (operation) => {
    const target = (await RECIPES[operation]!.resource?.(api)) ?? '';
    const scope = scopeOf(operation);
    expect(await callRecipe(api, operation, keysWithout[scope]!, target)).toMatchObject({
      status: 403,
      body: { code: 'SCOPE_MISSING', detail: expect.stringContaining(scope) },
    });
    expect((await callRecipe(api, operation, keys[scope]!, target)).status).toBeLessThan(300);
  });
});

describe('where an operator has switched the feature off', () => {
  const switchTo = async (enabled: boolean) => {
    const url = `/v1/admin/tenants/${api.globex.id}/features/contracts`;
    expect((await api.call('PUT', url, { as: api.operator.apiKey, body: { enabled } })).status).toBe(200);
  };
  beforeAll(() => switchTo(false));

  it.each(operations)('%s is refused', async (operation) => {
    expect(await callRecipe(api, operation, api.globex.apiKey, 'x')).toMatchObject({
      status: 403,
      body: { code: 'FEATURE_NOT_ENABLED' },
    });
  });

  it('other tenants, and other routes, are as before', async () => {
    const statusOf = async (url: string, as: string) => (await api.call('GET', url, { as })).status;
    expect(await statusOf('/v1/services', api.acme.apiKey)).toBe(200);
    expect(await statusOf('/v1/tenant', api.globex.apiKey)).toBe(200);
    await switchTo(true);
    await eventually(async () => expect(await statusOf('/v1/services', api.globex.apiKey)).toBe(200));
  });
});
