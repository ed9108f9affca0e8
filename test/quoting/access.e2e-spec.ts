import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CATALOGUE_RECIPES } from '../support/recipes/catalogue.js';
import { RECIPES, type RecipeApp, callRecipe, createRecipeApp, documentOf } from '../support/recipes.js';

const AREAS: Record<string, string> = {
  customers: 'customers',
  projects: 'projects',
  'service-categories': 'rate-cards',
  'rate-cards': 'rate-cards',
  'tax-rates': 'rate-cards',
};
const SCOPES = [...new Set(Object.values(AREAS))].flatMap((area) => [`${area}:read`, `${area}:write`]);

/** The rule: whoever looks reads, all else writes; each area has scopes of its own. */
const scopeOf = (operation: string) => {
  const [method = '', path = ''] = operation.split(' ');
  return `${AREAS[path.split('/')[2]!]}:${method === 'get' ? 'read' : 'write'}`;
};

const operations = Object.keys(CATALOGUE_RECIPES);

let api: RecipeApp;
let keys: Record<string, string>;
/** A credential for all but this scope. */
let keysWithout: Record<string, string>;
beforeAll(async () => {
  api = await createRecipeApp();
  const keyFor = async (scopes: string[]) =>
    (await api.call('POST', '/v1/api-keys', { as: api.acme.apiKey, body: { name: 'k', scopes } })).body
      .apiKey as string;
  const all = async (scopesOf: (scope: string) => string[]) =>
    Object.fromEntries(
      await Promise.all(SCOPES.map(async (scope) => [scope, await keyFor(scopesOf(scope))] as const)),
    );
  keys = await all((scope) => [scope]);
  keysWithout = await all((scope) => ['tenant:read', ...SCOPES.filter((other) => other !== scope)]);
});
afterAll(() => api.close());

describe('the routes of the catalogue', () => {
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

  it('are refused, each of them, where an operator has switched the feature off', async () => {
    const url = `/v1/admin/tenants/${api.globex.id}/features/quoting`;
    await api.call('PUT', url, { as: api.operator.apiKey, body: { enabled: false } });
    for (const operation of operations)
      expect([operation, (await callRecipe(api, operation, api.globex.apiKey, 'x')).body]).toMatchObject([
        operation,
        { code: 'FEATURE_NOT_ENABLED' },
      ]);
    expect((await api.call('GET', '/v1/customers', { as: api.acme.apiKey })).status).toBe(200);
  });
});
