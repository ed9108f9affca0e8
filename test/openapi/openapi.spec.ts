import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Schema = Record<string, unknown> & {
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
};

/** The committed document: the compiler plugin runs in `nest build` only; `npm run openapi -- --check` says whether it is current. */
const text = readFileSync(join(import.meta.dirname, '../../openapi.json'), 'utf8');
const document = JSON.parse(text) as OpenAPIObject;
const schemas = document.components?.schemas as Record<string, Schema>;

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item as Record<string, Operation>).map(([method, operation]): [string, Operation] => [
    `${method.toUpperCase()} ${path}`,
    operation,
  ]),
);
/** What is not JSON. */
const RENDERED: Record<string, string[]> = {
  'GET /v1/badges/{consumer}/{provider}': ['image/svg+xml'],
  'GET /v1/quotes/{id}/document': ['text/html', 'application/pdf'],
};
const isPublic = (name: string) => / \/(health|v1\/(public|webhooks))\b/.test(name);
const ofTenants = operations.filter(([name]) => !isPublic(name));

describe.each(operations)('%s', (name, { summary, operationId, parameters = [], responses }) => {
  it('says what it does, under a name of its own', () => {
    expect(summary).toMatch(/\S/);
    expect(operations.filter(([, other]) => other.operationId === operationId)).toHaveLength(1);
  });

  it('describes every parameter of its path', () => {
    const described = parameters.flatMap((parameter) =>
      'in' in parameter && parameter.in === 'path' ? [parameter.name] : [],
    );
    expect(described).toEqual([...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter));
  });

  it('shows what a success looks like', () => {
    const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    expect(successes).not.toEqual([]);
    for (const [status, response] of successes) {
      const content = (response as { content?: Record<string, { schema: Schema }> }).content;
      if (status === '204') expect(content).toBeUndefined();
      else if (RENDERED[name]) expect(Object.keys(content ?? {})).toEqual(RENDERED[name]);
      else
        expect(Object.keys(resolved(content?.['application/json']?.schema).properties ?? {})).not.toEqual([]);
    }
  });
});

it('has one class for each schema: of two with one name, the document would show one for both', () => {
  const source = join(import.meta.dirname, '../../src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.dto.ts'),
  );
  const names = files.flatMap((file) =>
    [...readFileSync(join(source, file), 'utf8').matchAll(/^(?:export )?class (\w+)/gm)].map(
      ([, name]) => name!,
    ),
  );
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

it('has a section with a description for every route: what most keys open first, administration and probes last', () => {
  const tags = document.tags ?? [];
  const used = new Set(operations.flatMap(([, { tags: ofRoute = [] }]) => ofRoute));
  expect(operations.filter(([, { tags: ofRoute = [] }]) => ofRoute.length !== 1)).toEqual([]);
  expect(tags.map(({ name }) => name).toSorted()).toEqual([...used].toSorted());
  expect(tags.filter(({ description }) => !/^\S.*\.$/.test(description ?? ''))).toEqual([]);
  expect(tags[0]!.name).toBe('Me');
  expect(tags.slice(-2).map(({ name }) => name)).toEqual(['Platform administration', 'Health']);
});

it('names the headers of what can be asked for again or changed', () => {
  const headersOf = (name: string) => {
    const { responses } = operations.find(([other]) => other === name)![1];
    const success = Object.entries(responses).find(([status]) => status.startsWith('2'))![1];
    return Object.keys((success as { headers?: object }).headers ?? {});
  };
  expect(headersOf('GET /v1/api-keys/{id}')).toEqual(['ETag']);
  expect(headersOf('PATCH /v1/tenant')).toEqual(['ETag']);
  expect(headersOf('POST /v1/api-keys')).toEqual(['ETag', 'Idempotent-Replayed']);
  expect(text).not.toContain('x-etag');
});

describe.each(ofTenants)('%s', (name, { security, responses, description }) => {
  it('says which credential and scope it needs', () => {
    const bearer = security?.[0]?.['bearer'];
    expect(security).toEqual([{ bearer: expect.any(Array) }, { bearer, tenant: [] }]);
    expect(description).toMatch(/Needs the scope `[\w-]+:[\w-]+`|Any principal/);
  });

  const always = ['400', '401', '403', '405', '406', '429', '500', '503'];
  const withBody = name.startsWith('GET') ? [] : ['408', '413', '415'];
  it.each([...always, ...withBody])('answers %s as a problem document', (status) => {
    expect(Object.keys((responses[status] as { content: object }).content)).toEqual([
      'application/problem+json',
    ]);
  });
});

describe.each(ofTenants)('%s', (name, { responses, description, requestBody }) => {
  const codesOf = (status: string) =>
    (responses[status] as { description?: string } | undefined)?.description;

  it('says that a person may have to name a tenant, and which one is refused', () => {
    expect(codesOf('404')).toContain('TENANT_NOT_FOUND');
    const needsTenant = !description?.includes('also a person without a tenant');
    expect(codesOf('400')?.includes('TENANT_REQUIRED')).toBe(needsTenant);
    expect(codesOf('403')?.includes('NOT_A_MEMBER')).toBe(needsTenant);
  });

  it('names no code twice', () => {
    for (const status of Object.keys(responses)) {
      const codes = codesOf(status)?.match(/`[A-Z_]+`/g) ?? [];
      expect([status, ...codes]).toEqual([status, ...new Set(codes)]);
    }
  });

  if (requestBody || !name.startsWith('GET'))
    it('says that a body may be malformed', () => {
      expect(codesOf('400')).toContain('BODY_MALFORMED');
    });
});

describe('the schemas', () => {
  const properties = Object.entries(schemas).flatMap(([name, { properties: own = {} }]) =>
    Object.entries(own).map(([property, schema]): [string, Schema] => [`${name}.${property}`, schema]),
  );

  it.each(properties)('%s shows an example, or the values it can have', (_, schema) => {
    const tells = ['example', 'examples', 'enum', 'default', '$ref', 'allOf'].filter(
      (key) => key in schema || key in (schema.items ?? {}),
    );
    expect(tells).not.toEqual([]);
  });

  it('refer to nothing that is missing', () => {
    const references = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) =>
      String(name),
    );
    expect(references.length).toBeGreaterThan(10);
    expect(references.filter((name) => !(name in schemas))).toEqual([]);
  });
});

/** The schema that a reference names. */
function resolved(schema: Schema = {}): Schema {
  return schema.$ref ? (schemas[schema.$ref.replace('#/components/schemas/', '')] ?? {}) : schema;
}
