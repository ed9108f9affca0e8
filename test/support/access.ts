import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.js';
import { RECIPES, type RecipeApp, callRecipe, createRecipeApp, documentOf } from './recipes.js';

/** A room's routes, and the rules of who may call them. */
export interface Room {
  feature: string;
  operations: readonly string[];
  scopeOf: (operation: string) => string;
  /** Scopes that bodies of the recipes need beside the route's own. */
  beside?: readonly string[];
  /** A list that every tenant may read while the feature is on. */
  list: string;
}

export function describeAccess({ feature, operations, scopeOf, beside = [], list }: Room): void {
  const scopes = [...new Set(operations.map(scopeOf))];
  let api: RecipeApp;
  let keys: Record<string, string>;
  /** A credential for all but this scope. */
  let keysWithout: Record<string, string>;
  beforeAll(async () => {
    api = await createRecipeApp();
    const keyFor = async (allowed: string[]) => {
      const body = { name: 'k', scopes: [...allowed, ...beside] };
      return (await api.call('POST', '/v1/api-keys', { as: api.acme.apiKey, body })).body.apiKey;
    };
    const all = async (allowed: (scope: string) => string[]) =>
      Object.fromEntries(
        await Promise.all(scopes.map(async (scope) => [scope, await keyFor(allowed(scope))] as const)),
      );
    keys = await all((scope) => [scope]);
    keysWithout = await all((scope) => ['tenant:read', ...scopes.filter((other) => other !== scope)]);
  });
  afterAll(() => api.close());

  describe(`the routes of ${feature}`, () => {
    it.each(operations)('%s says in the document which scope it needs', (operation) => {
      const [method = '', path = ''] = operation.split(' ');
      const described = documentOf(api).paths[path]?.[method as 'get'];
      const bearer = [scopeOf(operation)];
      expect(described?.security).toEqual([{ bearer }, { bearer, tenant: [] }]);
    });

    it.each(operations)('%s is open to who has that scope, and to nobody without it', async (operation) => {
      const { resource, as } = RECIPES[operation]!;
      const target = (await resource?.(api)) ?? '';
      const scope = scopeOf(operation);
      expect(await callRecipe(api, operation, keysWithout[scope]!, target)).toMatchObject({
        status: 403,
        body: { code: 'SCOPE_MISSING', detail: expect.stringContaining(scope) },
      });
      // Where only a person may, the recipe brings one.
      const allowed = as ? await as(api) : keys[scope]!;
      expect((await callRecipe(api, operation, allowed, target)).status).toBeLessThan(300);
    });

    it('are refused, each of them, where an operator has switched the feature off, until it is on again', async () => {
      const switchTo = async (enabled: boolean) => {
        const url = `/v1/admin/tenants/${api.globex.id}/features/${feature}`;
        expect((await api.call('PUT', url, { as: api.operator.apiKey, body: { enabled } })).status).toBe(200);
      };
      const statusOf = async (url: string, as: string) => (await api.call('GET', url, { as })).status;
      await switchTo(false);
      for (const operation of operations)
        expect([operation, await callRecipe(api, operation, api.globex.apiKey, 'x')]).toMatchObject([
          operation,
          { status: 403, body: { code: 'FEATURE_NOT_ENABLED' } },
        ]);
      expect(await statusOf(list, api.acme.apiKey)).toBe(200);
      expect(await statusOf('/v1/tenant', api.globex.apiKey)).toBe(200);
      await switchTo(true);
      await eventually(async () => expect(await statusOf(list, api.globex.apiKey)).toBe(200));
    });
  });
}
