import type { MessageCheck } from './message-check.js';
import type { FoundOperation } from './operation.js';
import { headersOf, queryOf } from './parts.js';
import { readingsOf } from './parameter-readings.js';
import { isObject, listOf, own } from './schema/dialect.js';

const STEPS_PER_PARAMETER = 20;

/** They are described elsewhere in the document, and not as parameters (OpenAPI 3.1, Parameter Object). */
const NOT_PARAMETERS = new Set(['accept', 'content-type', 'authorization']);

/** Of path, query and headers; cookies are secrets, which recordings leave out. */
export function checkParameters(
  check: MessageCheck,
  { operation, pathParameters }: FoundOperation,
  request: Record<string, unknown>,
): void {
  const query = queryOf(request);
  const headers = isObject(request['headers']) ? headersOf(request['headers']) : undefined;
  const seen = new Set<string>();
  const { definition, pathItem } = operation;
  // Of two with one name and place the first counts: an operation's own.
  for (const each of [definition, pathItem].flatMap(({ parameters }) => listOf(parameters))) {
    check.budget.spend(STEPS_PER_PARAMETER);
    const parameter = check.document.deref(each);
    const { name, in: place } = parameter;
    if (typeof name !== 'string' || seen.has(`${String(place)} ${name}`)) continue;
    seen.add(`${String(place)} ${name}`);
    if (place === 'query') checkOne(check, parameter, `request.query.${name}`, query);
    if (place === 'path' && pathParameters)
      checkOne(check, parameter, `request.path.${name}`, Object.fromEntries(pathParameters));
    // A recording without any headers has left them out.
    if (place === 'header' && headers && !NOT_PARAMETERS.has(name.toLowerCase()))
      checkOne(check, { ...parameter, name: name.toLowerCase() }, `request.headers.${name}`, headers);
  }
}

function checkOne(
  check: MessageCheck,
  parameter: Record<string, unknown>,
  path: string,
  values: Record<string, unknown>,
): void {
  const readings = readingsOf(parameter, values, check);
  if (readings.length > 0) return check.value(path, 'request', schemaOf(parameter), readings);
  if (parameter['required'] === true) check.add(path, 'required', 'is required');
}

/** Its own, or that of the one media type it is written in. */
export function schemaOf(parameter: Record<string, unknown>): unknown {
  const [mediaType] = isObject(parameter['content']) ? Object.values(parameter['content']) : [];
  return parameter['schema'] ?? own(mediaType, 'schema');
}
