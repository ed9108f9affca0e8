import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { Ajv } from 'ajv';
import ajvDraft04 from 'ajv-draft-04';
import { type Json, sortedJson } from '../../interactions/canonical.js';
import type { Dialect } from '../schema/dialect.js';

/** Parts of the official schemas that are checked one by one, so that no check of a large document takes long. */
export type Part = 'document' | 'pathItem' | 'schema';

/** The first error of each part, which is what the rest is often about. */
export type Check = (value: unknown) => ErrorObject[];

const POINTERS: Record<Dialect, Record<Part, string>> = {
  '3.0': { document: '', pathItem: '#/definitions/PathItem', schema: '#/definitions/Schema' },
  '3.1': { document: '', pathItem: '#/$defs/path-item', schema: '#/$defs/schema' },
};

const compiled = new Map<string, Check>();

/** The OpenAPI Initiative's own JSON Schemas, as `@seriousme/openapi-schema-validator` ships them; compiled at first use. */
export function officialCheck(dialect: Dialect, part: Part): Check {
  const key = `${dialect} ${part}`;
  const known = compiled.get(key);
  if (known) return known;
  const check = compile(dialect, part);
  compiled.set(key, check);
  return check;
}

function compile(dialect: Dialect, part: Part): Check {
  const { ajv, id } = dialect === '3.0' ? schema30() : schema31();
  const validate = ajv.compile({ $ref: `${id}${POINTERS[dialect][part]}` });
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}

/** Formats say nothing about whether a document can be used, and real ones often miss them. */
const OPTIONS = { strict: false, validateFormats: false, logger: false } as const;

function schema30(): { ajv: Ajv; id: string } {
  const ajv = linear(new ajvDraft04.default(OPTIONS));
  const schema = read('v3.0') as { id: string };
  ajv.addSchema(schema);
  return { ajv, id: schema.id };
}

/** With what it leaves open: a Schema Object is one of JSON Schema 2020-12. */
function schema31(): { ajv: Ajv; id: string } {
  const ajv = linear(new Ajv2020(OPTIONS));
  const schema = read('v3.1') as { $id: string; $defs: Record<string, unknown> };
  schema.$defs['schema'] = { $ref: 'https://json-schema.org/draft/2020-12/schema' };
  ajv.addSchema(schema);
  return { ajv, id: schema.$id };
}

/** ajv compares each item with each: minutes for what 8 MB hold. */
function linear(ajv: Ajv): Ajv {
  ajv.removeKeyword('uniqueItems');
  return ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    validate: (isWanted: boolean, items: Json[]) =>
      !isWanted || new Set(items.map(sortedJson)).size === items.length,
  });
}

function read(version: string): unknown {
  const { resolve } = createRequire(import.meta.url);
  const path = resolve(`@seriousme/openapi-schema-validator/schemas/${version}/schema.json`);
  return JSON.parse(readFileSync(path, 'utf8'));
}
