import type { MessageCheck } from './message-check.js';
import { parsedJson } from './parsed-json.js';
import { isObject, own } from './schema/dialect.js';
import { schemaTypes } from './schema-types.js';

const SEPARATORS: Record<string, string> = { spaceDelimited: ' ', pipeDelimited: '|' };

/**
 * What a parameter can mean: on the wire all is text, and which type a text is of the schema says. Empty: it is not there.
 */
export function readingsOf(
  parameter: Record<string, unknown>,
  values: Record<string, unknown>,
  check: MessageCheck,
): unknown[] {
  const name = String(parameter['name']);
  const raw = own(values, name);
  if (isObject(parameter['content']))
    return raw === undefined ? [] : [typeof raw === 'string' ? parsedJson(raw) : raw, raw];
  const { schema } = parameter;
  const types = schemaTypes(schema, check);
  if (raw === undefined) return types.has('object') ? spreadObject(parameter, values, check) : [];
  return types.has('array')
    ? [typedList(asList(parameter, raw), schema, check), typed(raw, types), raw]
    : [typed(raw, types), raw];
}

/** `style: deepObject` writes `filter[name]=x`, and an exploded form each property for itself. */
function spreadObject(
  { name, style, schema, explode }: Record<string, unknown>,
  values: Record<string, unknown>,
  check: MessageCheck,
): unknown[] {
  const properties = own(check.document.deref(schema), 'properties');
  const isDeep = style === 'deepObject';
  if (!isDeep && explode === false) return [];
  const found = Object.keys(values)
    .map((written) => [written, isDeep ? keyOf(written, String(name)) : written] as const)
    .filter(([, key]) => key !== undefined && own(properties, key) !== undefined)
    .map(([written, key]) => [key, typed(values[written], schemaTypes(own(properties, key!), check))]);
  return found.length === 0 ? [] : [Object.fromEntries(found)];
}

/** `min` of `filter[min]`. */
const keyOf = (written: string, name: string): string | undefined =>
  written.startsWith(`${name}[`) && written.endsWith(']') ? written.slice(name.length + 1, -1) : undefined;

function asList({ style, in: place, explode }: Record<string, unknown>, raw: unknown): unknown[] {
  if (Array.isArray(raw)) return raw;
  const separator = typeof style === 'string' ? SEPARATORS[style] : undefined;
  const isJoined = explode === false || separator !== undefined || place === 'path' || place === 'header';
  return typeof raw === 'string' && isJoined ? raw.split(separator ?? ',').map((item) => item.trim()) : [raw];
}

function typedList(list: unknown[], schema: unknown, check: MessageCheck): unknown[] {
  const types = schemaTypes(own(check.document.deref(schema), 'items'), check);
  return list.map((item) => typed(item, types));
}

/** The text as the number or boolean that its schema asks for. */
function typed(value: unknown, types: Set<string>): unknown {
  if (typeof value !== 'string') return value;
  if ((types.has('number') || types.has('integer')) && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value))
    return Number(value);
  if (types.has('boolean') && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

/** For the header of a response, which has no name of its own. */
export const headerReadings = (
  header: Record<string, unknown>,
  value: unknown,
  check: MessageCheck,
): unknown[] => readingsOf({ ...header, name: 'value', in: 'header' }, { value }, check);
