import type { OpenAPIObject } from '@nestjs/swagger';
import { buildOpenApi } from '../../src/openapi.js';
import type { Answer, TestApp } from './app.js';
import { CATALOGUE_RECIPES } from './recipes/catalogue.js';
import { CONTRACTS_RECIPES } from './recipes/contracts.js';
import { GITHUB_RECIPES, WEBHOOK_RECIPES } from './recipes/github.js';
import { HOUSE_RECIPES } from './recipes/house.js';
import { QUOTES_RECIPES, VISITORS_RECIPES } from './recipes/quotes.js';
import type { Recipe, RecipeApp, Target } from './recipes/recipe.js';

export { aMember } from './recipes/house.js';
export { type RecipeApp, type Target, createRecipeApp } from './recipes/recipe.js';

/** Every route of the OpenAPI document but the public ones; a route without a recipe fails the suites that use them. */
export const RECIPES: Record<string, Recipe> = {
  ...HOUSE_RECIPES,
  ...CONTRACTS_RECIPES,
  ...CATALOGUE_RECIPES,
  ...QUOTES_RECIPES,
  ...GITHUB_RECIPES,
};

/** The public ones, too, but for probes. */
export const ALL_RECIPES: Record<string, Recipe> = { ...RECIPES, ...VISITORS_RECIPES, ...WEBHOOK_RECIPES };

/** An id that nothing has. */
export const NOWHERE = '01920000-0000-7000-8000-000000000000';

/** The OpenAPI document of the running application. */
export const documentOf = ({ app }: TestApp): OpenAPIObject => buildOpenApi(app);

/** `post /v1/api-keys` and so on, for every route that is not public, read from the running application. */
export const operationsOf = (api: TestApp): string[] =>
  Object.entries(documentOf(api).paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, { security?: unknown }>).map(
        ([method, { security }]) => security && `${method} ${path}`,
      ),
    )
    .filter((operation) => typeof operation === 'string');

export const isPlatform = (operation: string) => operation.includes('/v1/admin/');

/** Calls a route as its recipe says, with this credential, on this resource; an id stands for every parameter. */
export async function callRecipe(
  api: RecipeApp,
  operation: string,
  as: string,
  target: Target,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const [method = '', path = ''] = operation.split(' ');
  const { params = {}, query, body } = RECIPES[operation] ?? {};
  const valueOf = (name: string) => params[name] ?? (typeof target === 'string' ? target : target[name]!);
  const search = query
    ? `?${new URLSearchParams(query.map((name) => [name, valueOf(name)])).toString()}`
    : '';
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => valueOf(name)) + search;
  const given = typeof body === 'function' ? await body(api, valueOf) : body;
  return api.call(method.toUpperCase(), url, { as, headers, ...(given && { body: given }) });
}
