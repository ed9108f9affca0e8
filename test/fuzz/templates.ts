import { seedPeople } from '../../src/local/demo-people.js';
import { ALL_RECIPES, type RecipeApp } from '../support/recipes.js';
import type { Credential } from './headers.js';
import { OPERATIONS } from './operations.js';

/** Of a route: values of its parameters, and a body, with which it succeeds; the random ones begin from there. */
export interface Template {
  params: Record<string, string>;
  body: unknown;
}

/** From the recipes; what they name is made. */
export async function makeTemplates(api: RecipeApp): Promise<Map<string, Template>> {
  const templates = new Map<string, Template>();
  for (const { name, path } of OPERATIONS.filter(({ name: it }) => !it.includes(' /health'))) {
    const recipe = ALL_RECIPES[name];
    if (!recipe) throw new Error(`${name} has no recipe: add one in test/support/recipes`);
    const target = (await recipe.resource?.(api)) ?? '';
    const names = path.match(/(?<=\{)\w+(?=\})/g) ?? [];
    const made = typeof target === 'string' ? Object.fromEntries(names.map((key) => [key, target])) : target;
    const params = { ...made, ...recipe.params };
    const body =
      typeof recipe.body === 'function' ? await recipe.body(api, (key) => params[key] ?? '') : recipe.body;
    templates.set(name, { params, body });
  }
  return templates;
}

/** Longer than any campaign. */
const EXPIRES_IN_SECONDS = 6 * 60 * 60;

/** The headers of each. */
export async function makeCredentials(api: RecipeApp): Promise<Record<Credential, Record<string, string>>> {
  const { app, acme, globex, operator, issuer } = api;
  const tenants = [
    { ...acme, slug: 'acme' },
    { ...globex, slug: 'globex' },
  ];
  await seedPeople(app, issuer, { tenants, operator });
  const bearer = (token: string, more = {}) => ({ authorization: `Bearer ${token}`, ...more });
  const token = (subject: string) => issuer.sign({ subject, expiresIn: EXPIRES_IN_SECONDS });
  const ada = await token('ada');
  return {
    acme: bearer(acme.apiKey),
    globex: bearer(globex.apiKey),
    operator: bearer(operator.apiKey),
    owner: bearer(ada, { 'x-tenant': 'acme' }),
    viewer: bearer(ada, { 'x-tenant': 'globex' }),
    newcomer: bearer(await token('linus')),
    nobody: {},
    garbage: bearer(`rh_${'0'.repeat(20)}_${'0'.repeat(64)}`),
  };
}
