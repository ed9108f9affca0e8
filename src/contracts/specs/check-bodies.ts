import { schemaOf } from './check-parameters.js';
import type { MessageCheck } from './message-check.js';
import type { Operation } from './operations.js';
import { headerReadings } from './parameter-readings.js';
import { parsedJson } from './parsed-json.js';
import { contentTypeOf, headersOf } from './parts.js';
import { type Direction, entriesOf, isObject, own } from './schema/dialect.js';
import { schemaTypes } from './schema-types.js';

/** Headers and media types of the description, which are looked through one by one. */
const STEPS_PER_NAME = 20;

/** Of the request, where there is one. */
export function checkRequestBody(
  check: MessageCheck,
  { definition }: Operation,
  request: Record<string, unknown>,
): void {
  const described = check.document.deref(definition['requestBody']);
  const { body } = request;
  if (isAbsent(body)) {
    if (described['required'] === true) check.add('request.body', 'required', 'is required');
    return;
  }
  checkBody(check, 'request', described['content'], request);
}

/** Status, headers and body. */
export function checkResponse(
  check: MessageCheck,
  { definition }: Operation,
  response: Record<string, unknown>,
): void {
  const described = responseFor(definition['responses'], String(response['status']));
  if (described === undefined)
    return check.add(
      'response.status',
      'STATUS_UNKNOWN',
      `The operation does not answer ${String(response['status'])}`,
    );
  const { headers, content } = check.document.deref(described);
  if (isObject(response['headers'])) checkHeaders(check, headers, headersOf(response['headers']));
  if (!isAbsent(response['body'])) checkBody(check, 'response', content, response);
}

/** The status itself, else its range (`2XX`), else `default`. */
const responseFor = (responses: unknown, status: string): unknown =>
  own(responses, status) ?? own(responses, `${status[0]}XX`) ?? own(responses, 'default');

function checkHeaders(check: MessageCheck, described: unknown, headers: Record<string, unknown>): void {
  for (const [name, each] of entriesOf(described)) {
    check.budget.spend(STEPS_PER_NAME);
    if (name.toLowerCase() === 'content-type') continue;
    const header = check.document.deref(each);
    const value = own(headers, name.toLowerCase());
    const path = `response.headers.${name}`;
    if (value !== undefined)
      check.value(path, 'response', schemaOf(header), headerReadings(header, value, check));
    else if (header['required'] === true) check.add(path, 'required', 'is required');
  }
}

function checkBody(
  check: MessageCheck,
  direction: Direction,
  content: unknown,
  message: Record<string, unknown>,
): void {
  const path = `${direction}.body`;
  if (!isObject(content) || Object.keys(content).length === 0)
    return check.add(path, 'BODY_UNEXPECTED', `The specification describes no body of the ${direction}`);
  const type = contentTypeOf(message);
  check.budget.spend(Object.keys(content).length * STEPS_PER_NAME);
  const [name, mediaType] = mediaTypeFor(content, type);
  if (name === undefined)
    return check.add(
      `${direction}.headers.content-type`,
      'CONTENT_TYPE_UNKNOWN',
      `"${type}" is not described`,
    );
  const { schema } = check.document.deref(mediaType);
  if (isJson(type ?? name))
    check.value(path, direction, schema, jsonReadings(check, schema, message['body']));
  else if (typeof message['body'] === 'string' && (type ?? name).startsWith('text/'))
    check.value(path, direction, schema, [message['body']]);
}

/** By its own name, its kind (`text/*`), or any; where the message names none, the JSON one or the only one. */
function mediaTypeFor(content: Record<string, unknown>, type: string | undefined): [string?, unknown?] {
  const types = Object.entries(content).map(
    ([range, value]) => [range.split(';')[0]!.trim().toLowerCase(), value] as [string, unknown],
  );
  if (type === undefined) return types.find(([range]) => isJson(range)) ?? types[0] ?? [];
  const of = (wanted: string) => types.find(([range]) => range === wanted);
  return of(type) ?? of(`${type.split('/')[0]}/*`) ?? of('*/*') ?? [];
}

const isJson = (type: string) => /^(application|text)\/([^;]+\+)?json$/.test(type) || type === '*/*';

/** Some record a JSON body as its text. */
const jsonReadings = (check: MessageCheck, schema: unknown, body: unknown): unknown[] =>
  typeof body !== 'string' || schemaTypes(schema, check).has('string') ? [body] : [parsedJson(body)];

/** Recorders write an absent body as null or an empty text. */
const isAbsent = (body: unknown) => body === undefined || body === null || body === '';
