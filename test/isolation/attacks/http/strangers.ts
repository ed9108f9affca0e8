import type { Answer } from '../../../support/app.js';
import {
  NOWHERE,
  RECIPES,
  type RecipeApp,
  type Target,
  callRecipe,
  isPlatform,
} from '../../../support/recipes.js';

/** The routes of tenants. Those with a credential of their own are for people who are in no tenant yet. */
export const TENANT_OPERATIONS = Object.keys(RECIPES).filter(
  (operation) => !isPlatform(operation) && !RECIPES[operation]!.as,
);

/** Differ from answer to answer, whoever asks for what. */
const VARYING = /^(date|x-request-id|ratelimit.*|x-ratelimit.*)$/;

/** A name or id of the same length that nothing has: what echoes it is of the same length too. */
export const nameOfNothing = (name: string): string =>
  name.length === NOWHERE.length ? NOWHERE : [...name].toReversed().join('');

const likeNothing = (target: Target): Target =>
  typeof target === 'string'
    ? nameOfNothing(target)
    : Object.fromEntries(Object.entries(target).map(([key, name]) => [key, nameOfNothing(name)]));

/** All of an answer but what varies, and the names that were asked for: to be compared to the byte. */
export function comparable({ status, headers, text }: Answer, target: Target) {
  const names = typeof target === 'string' ? [target] : Object.values(target);
  // The digest of a picture that names what was asked for.
  const echoes = names.some((name) => name && text.includes(name));
  const told = text.replace(/"instance":"[^"]+"/, '');
  return {
    status,
    headers: Object.fromEntries(
      Object.entries(headers).filter(([name]) => !VARYING.test(name) && !(echoes && name === 'etag')),
    ),
    text: names.reduce((rest, name) => (name ? rest.replaceAll(name, 'it') : rest), told),
  };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Asks as globex for what is acme's, and for what is nobody's; what differs, in words. */
export async function askAsStranger(api: RecipeApp, operation: string): Promise<string[]> {
  const { resource, statusOfNothing = 404 } = RECIPES[operation]!;
  if (!resource) return askForOwn(api, operation);
  const target = await resource(api);
  const nothing = likeNothing(target);
  const complaints: string[] = [];
  for (const headers of await headersToTry(api, operation, target)) {
    const stolen = await callRecipe(api, operation, api.globex.apiKey, target, headers);
    const nowhere = await callRecipe(api, operation, api.globex.apiKey, nothing, headers);
    const [one, other] = [comparable(stolen, target), comparable(nowhere, nothing)];
    if (stolen.status !== statusOfNothing) complaints.push(`${operation}: ${stolen.status} for a stranger`);
    if (!same(one, other))
      complaints.push(`${operation}: ${JSON.stringify(one)}, of nothing ${JSON.stringify(other)}`);
  }
  const own = await callRecipe(api, operation, api.acme.apiKey, target);
  if (own.status >= 300) complaints.push(`${operation}: ${own.status} for who owns it: ${own.text}`);
  return complaints;
}

/** Without a word about its version, and with the version that its owner knows. */
async function headersToTry(
  api: RecipeApp,
  operation: string,
  target: Target,
): Promise<Record<string, string>[]> {
  const [method = '', path = ''] = operation.split(' ');
  if (method === 'get' || !(`get ${path}` in RECIPES)) return [{}];
  const { headers } = await callRecipe(api, `get ${path}`, api.acme.apiKey, target);
  const { etag } = headers;
  return typeof etag === 'string' ? [{}, { 'if-match': etag }] : [{}];
}

async function askForOwn(api: RecipeApp, operation: string): Promise<string[]> {
  const acme = await callRecipe(api, operation, api.acme.apiKey, '');
  const globex = await callRecipe(api, operation, api.globex.apiKey, '');
  return [
    ...[acme, globex].filter(({ status }) => status >= 300).map(({ text }) => `${operation}: ${text}`),
    ...(globex.text.includes(api.acme.id) ? [`${operation} tells globex of acme`] : []),
  ];
}
