import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { CONTRACTS_RECIPES } from '../support/recipes/contracts.js';
import { NOWHERE, type RecipeApp, type Target, createRecipeApp } from '../support/recipes.js';
import type { Body } from '../support/recipes/recipe.js';

const COMMITTED = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../openapi.json'), 'utf8'),
) as OpenAPIObject;
interface RequestBody {
  content: { 'application/json': { schema: { $ref: string } } };
}

const deep = (depth: number): unknown => (depth === 0 ? 1 : { a: deep(depth - 1) });
const NUMBERS = [-1, 1e308];
const STRINGS = ['', '\u0000', '\ud800', 'x'.repeat(20_000)];
const LISTS = [[], [[]], [null]];
const OBJECTS = [{}, deep(90), { constructor: 'x', prototype: {} }, { toString: 1, hasOwnProperty: 1 }];
const VALUES: unknown[] = [null, true, ...NUMBERS, ...STRINGS, ...LISTS, ...OBJECTS];
const TEXTS = ['', '%00', '%ED%A0%80', '%', '%2F', '-1', '{}', 'x'.repeat(3_000)];
/** Fewer than may wait for the database. */
const AT_ONCE = 20;

let api: RecipeApp;
beforeAll(async () => {
  api = await createRecipeApp();
});
afterAll(() => api.close());

interface Request {
  method: string;
  url: string;
  body?: unknown;
}

/** Every field of the body, at any depth, replaced by each value. */
function* spoilt(body: unknown): Generator {
  yield* VALUES;
  if (typeof body !== 'object' || body === null) return;
  for (const [key, value] of Object.entries(body)) {
    for (const other of spoilt(value)) {
      yield Array.isArray(body) ? [other, ...body.slice(1)] : { ...body, [key]: other };
    }
  }
}

const operationOf = (path: string, method: string) => COMMITTED.paths[path]![method as 'get']!;

/** The names of the fields of a body, also those that a recipe does without. */
function fieldsOf(path: string, method: string): string[] {
  const { requestBody } = operationOf(path, method) as unknown as { requestBody?: RequestBody };
  const name = requestBody?.content['application/json'].schema.$ref.split('/').at(-1) ?? '';
  return Object.keys((COMMITTED.components?.schemas?.[name] as { properties?: object })?.properties ?? {});
}

function* requestsOf(
  method: string,
  path: string,
  target: Target,
  body: Body | undefined,
): Generator<Request> {
  const fill = (value: (name: string) => string) =>
    path.replaceAll(/\{(\w+)\}/g, (_, name: string) => value(name));
  const url = fill((name) => (typeof target === 'string' ? target : target[name]!));
  if (url !== path) for (const text of TEXTS) yield { method, url: fill(() => text), body };
  const parameters = (operationOf(path, method).parameters ?? []) as { in: string; name: string }[];
  const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  for (const name of [...names, 'constructor'])
    for (const text of [...TEXTS, `1&${name}=2`]) yield { method, url: `${url}?${name}=${text}`, body };
  if (method === 'get') return;
  const whole = { ...Object.fromEntries(fieldsOf(path, method).map((name) => [name, undefined])), ...body };
  for (const other of spoilt(whole)) yield { method, url, body: other ?? 'null' };
}

async function send({ method, url, body }: Request): Promise<unknown> {
  const { status, text } = await api.call(method.toUpperCase(), url, {
    as: api.acme.apiKey,
    ...(body !== undefined && { body }),
  });
  return status < 500 ? undefined : [method, url, JSON.stringify(body)?.slice(0, 500), text];
}

it.each(Object.entries(CONTRACTS_RECIPES))(
  '%s answers anything, and never fails',
  async (operation, recipe) => {
    const [method = '', path = ''] = operation.split(' ');
    const target: Target = (await recipe.resource?.(api)) ?? NOWHERE;
    const valueOf = (name: string) => (typeof target === 'string' ? target : target[name]!);
    const body = typeof recipe.body === 'function' ? await recipe.body(api, valueOf) : recipe.body;
    const requests = [...requestsOf(method, path, target, body)];
    const failures: unknown[] = [];
    while (requests.length > 0)
      failures.push(...(await Promise.all(requests.splice(0, AT_ONCE).map((request) => send(request)))));
    expect(failures.filter(Boolean)).toEqual([]);
  },
);
