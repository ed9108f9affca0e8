import type { Type } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import {
  RECIPES,
  aMember,
  type RecipeApp,
  callRecipe,
  createRecipeApp,
  documentOf,
} from '../../../support/recipes.js';
import { TENANT_OPERATIONS, comparable, nameOfNothing } from './strangers.js';

/** An application in which acme has something of every kind, and globex some. */
export interface FullApp extends RecipeApp {
  document: OpenAPIObject;
  /** What globex was answered before acme had anything. */
  before: ReadonlyMap<string, string>;
  /** Every id and made-up name that acme is told of. */
  wordsOfAcme: ReadonlySet<string>;
}

const WORD = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|target-[0-9a-f]{16}/g;

/** Reads that name nothing: lists, and summaries. */
export const READS = TENANT_OPERATIONS.filter(
  (operation) => operation.startsWith('get ') && !RECIPES[operation]!.resource,
);

/** `imports`: further modules, beside the application's. */
export async function createFullApp(imports: Type[] = []): Promise<FullApp> {
  const environment = { RATE_LIMIT_FAILED_SIGN_INS: '1000000' };
  const api = await createRecipeApp({ environment, imports });
  await aMember(api);
  const makers = TENANT_OPERATIONS.filter((operation) => /^(post|put) /.test(operation));
  for (const operation of makers.filter((maker) => !RECIPES[maker]!.resource))
    await callRecipe(api, operation, api.globex.apiKey, '');
  const before = await answersTo(api, api.globex.apiKey);
  for (const operation of makers) {
    const target = (await RECIPES[operation]!.resource?.(api)) ?? '';
    await callRecipe(api, operation, api.acme.apiKey, target);
  }
  const told = [...(await answersTo(api, api.acme.apiKey)).values()].join('');
  return { ...api, document: documentOf(api), before, wordsOfAcme: new Set(told.match(WORD)) };
}

/** The answer of every list and summary, without what varies by itself. */
export async function answersTo(api: RecipeApp, as: string): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const operation of READS) {
    const answer = await callRecipe(api, operation, as, '');
    const text = answer.text.replaceAll(/"lastUsedAt":("[^"]+"|null)/g, '');
    answers.set(operation, JSON.stringify(comparable({ ...answer, text }, '')));
  }
  return answers;
}

interface Parameter {
  in: string;
  name: string;
  schema?: { type?: string; enum?: string[] };
}

const parametersOf = ({ document }: FullApp, operation: string): Parameter[] => {
  const [method = '', path = ''] = operation.split(' ');
  const { parameters = [] } = document.paths[path]![method as 'get']!;
  return (parameters as Parameter[])
    .filter((parameter) => parameter.in === 'query')
    .map((parameter) => (parameter.name === 'metadata' ? { ...parameter, name: 'metadata.key' } : parameter));
};

type Values = (api: FullApp) => Promise<string[]>;

const namesIn =
  (url: string, field: string): Values =>
  async ({ call, acme }) => {
    const { body } = await call('GET', `${url}?limit=3`, { as: acme.apiKey });
    return (body.data as Record<string, string>[]).map((row) => row[field]!);
  };
const texts =
  (...values: string[]): Values =>
  async () =>
    values;

/** What acme would say for a parameter; one that is not here fails the suite until it is. */
const VALUES: Record<string, Values> = {
  service: namesIn('/v1/services', 'name'),
  provider: namesIn('/v1/services', 'name'),
  consumer: namesIn('/v1/services', 'name'),
  environment: namesIn('/v1/environments', 'name'),
  entityId: namesIn('/v1/audit-log', 'entityId'),
  actorId: namesIn('/v1/api-keys', 'id'),
  version: texts('1.0.0', '2.0.0'),
  consumerVersion: texts('1.0.0'),
  operation: texts('GET /orders/{id}'),
  entityType: texts('service'),
  action: texts('services.create'),
  from: texts('2020-01-01T00:00:00Z'),
  to: texts('2040-01-01T00:00:00Z'),
  limit: texts('1', '100'),
  active: texts('true', 'false'),
  q: namesIn('/v1/customers', 'companyName'),
  tag: async ({ call, acme }) =>
    (await call('GET', '/v1/customers?limit=1', { as: acme.apiKey })).body.data[0].tags,
  customer: namesIn('/v1/customers', 'id'),
  project: namesIn('/v1/projects', 'id'),
  owner: namesIn('/v1/api-keys', 'id'),
  createdBy: namesIn('/v1/api-keys', 'id'),
  approver: namesIn('/v1/approvals', 'approverId'),
  subject: namesIn('/v1/approvals', 'subjectId'),
  currency: texts('EUR'),
  on: texts('2026-06-01'),
  validFrom: texts('2000-01-01'),
  validUntil: texts('2040-01-01'),
  isActive: texts('true', 'false'),
  isDefault: texts('true', 'false'),
  'metadata.key': texts('value'),
};

/** Asks as globex, by every filter with acme's values and from acme's pages; what it learns of acme, in words. */
export async function readAsStranger(api: FullApp, operation: string): Promise<string[]> {
  const url = operation.replace('get ', '');
  const complaints: string[] = [];
  const ask = async (name: string, value: string, as = api.globex.apiKey) =>
    api.call('GET', `${url}?${name}=${encodeURIComponent(value)}`, { as });
  const own = await callRecipe(api, operation, api.acme.apiKey, '');
  if (own.body?.data?.length === 0) complaints.push(`${operation}: acme has nothing there to hide`);
  for (const { name, schema } of parametersOf(api, operation)) {
    const values =
      name === 'after' ? await cursorsOf(api, url) : (schema?.enum ?? (await VALUES[name]?.(api)));
    if (!values) complaints.push(`${operation}: no value for ?${name}; give one in lists.ts`);
    for (const value of values ?? []) {
      const answer = await ask(name, value);
      if (answer.status >= 400)
        complaints.push(`${operation}?${name}=${value}: ${answer.status}, so it tells nothing`);
      const told = answer.text.replaceAll(value, '');
      for (const [word] of told.matchAll(WORD))
        if (api.wordsOfAcme.has(word)) complaints.push(`${operation}?${name}: tells globex of ${word}`);
      if (!api.wordsOfAcme.has(value)) continue;
      const nothing = nameOfNothing(value);
      const [one, other] = [comparable(answer, value), comparable(await ask(name, nothing), nothing)];
      if (JSON.stringify(one) !== JSON.stringify(other))
        complaints.push(`${operation}?${name}: ${JSON.stringify(one)}, of nothing ${JSON.stringify(other)}`);
    }
  }
  return complaints;
}

/** Where acme's next page begins. */
async function cursorsOf({ call, acme }: FullApp, url: string): Promise<string[]> {
  const { body } = await call('GET', `${url}?limit=1`, { as: acme.apiKey });
  return body.page?.next ? [body.page.next as string] : [];
}
