import type { CompiledDocument } from './operations.js';
import { entriesOf, isObject, own } from './schema/dialect.js';
import { schemaTypes } from './schema-types.js';

const SEPARATORS: Record<string, string> = { spaceDelimited: ' ', pipeDelimited: '|' };

/**
 * What a parameter can mean: on the wire all is text, and which type a text is of the schema says. Empty: it is not there.
 */
export function readingsOf(
  parameter: Record<string, unknown>,
  values: Record<string, unknown>,
  document: CompiledDocument,
): unknown[] {
  const name = String(parameter['name']);
  const raw = own(values, name);
  if (isObject(parameter['content'])) return raw === undefined ? [] : [parsed(raw), raw];
  const { schema } = parameter;
  const types = schemaTypes(schema, document);
  if (raw === undefined) return types.has('object') ? spreadObject(parameter, values, document) : [];
  const list = types.has('array')
    ? [asList(parameter, raw).map((item) => typed(item, itemsOf(schema, document), document))]
    : [];
  return [...list, typed(raw, schema, document), raw];
}

/** `style: deepObject` writes `filter[name]=x`, and an exploded form each property for itself. */
function spreadObject(
  { name, style, schema, explode }: Record<string, unknown>,
  values: Record<string, unknown>,
  document: CompiledDocument,
): unknown[] {
  const properties = own(document.deref(schema), 'properties');
  const isDeep = style === 'deepObject';
  if (!isDeep && explode === false) return [];
  const found = entriesOf(properties)
    .map(([key, each]) => [key, each, own(values, isDeep ? `${String(name)}[${key}]` : key)] as const)
    .filter(([, , value]) => value !== undefined)
    .map(([key, each, value]) => [key, typed(value, each, document)]);
  return found.length === 0 ? [] : [Object.fromEntries(found)];
}

function asList({ style, in: place, explode }: Record<string, unknown>, raw: unknown): unknown[] {
  if (Array.isArray(raw)) return raw;
  const separator = typeof style === 'string' ? SEPARATORS[style] : undefined;
  const isJoined = explode === false || separator !== undefined || place === 'path' || place === 'header';
  return typeof raw === 'string' && isJoined ? raw.split(separator ?? ',').map((item) => item.trim()) : [raw];
}

const itemsOf = (schema: unknown, document: CompiledDocument) => own(document.deref(schema), 'items');

/** The text as the number or boolean that its schema asks for. */
function typed(value: unknown, schema: unknown, document: CompiledDocument): unknown {
  if (typeof value !== 'string') return value;
  const types = schemaTypes(schema, document);
  if ((types.has('number') || types.has('integer')) && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value))
    return Number(value);
  if (types.has('boolean') && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** For the header of a response, which has no name of its own. */
export const headerReadings = (
  header: Record<string, unknown>,
  value: unknown,
  document: CompiledDocument,
): unknown[] => readingsOf({ ...header, name: 'value', in: 'header' }, { value }, document);
