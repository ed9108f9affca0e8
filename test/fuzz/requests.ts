import fc from 'fast-check';
import { type Credential, headersFor } from './headers.js';
import { brokenBody, hostileText, hostileValue } from './hostile.js';
import { fromSchema } from './from-schema.js';
import { mutated } from './mutate.js';
import { OPERATIONS, type Operation } from './operations.js';
import type { Template } from './templates.js';

/** A value of the path: written out, or the n-th of what the campaign has made at that place. */
export type Segment = { text: string } | { made: number };

export interface FuzzRequest {
  operation: Operation;
  method: string;
  segments: Record<string, Segment>;
  /** From the question mark on, percent-encoded or not. */
  query: string;
  as: Credential;
  headers: [name: string, value: string][];
  body: string | Uint8Array | undefined;
}

/** Of any route; the templates say what works. What a route needs is built once, when it is first asked for. */
export function anyRequest(templates: ReadonlyMap<string, Template>): fc.Arbitrary<FuzzRequest> {
  const built = new Map<Operation, fc.Arbitrary<FuzzRequest>>();
  return fc.constantFrom(...OPERATIONS).chain((operation) => {
    const template = templates.get(operation.name) ?? { params: {}, body: undefined };
    const requests = built.get(operation) ?? requestOf(operation, template);
    built.set(operation, requests);
    return requests;
  });
}

function requestOf(operation: Operation, template: Template): fc.Arbitrary<FuzzRequest> {
  const names = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  const segments = Object.fromEntries(names.map((name) => [name, segmentOf(template.params[name])]));
  return fc.record({
    operation: fc.constant(operation),
    method: fc.oneof(
      { weight: 30, arbitrary: fc.constant(operation.method) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE', 'PROPFIND', 'LINK', 'get'),
      },
    ),
    segments: fc.record(segments),
    query: queryOf(operation, template),
    as: credentialFor(operation),
    headers: headersFor(operation),
    body: bodyOf(operation, template),
  });
}

const RAW_SEGMENTS = [
  ['%00', '%2F', '%2f..%2f', '..', '%2e%2e', '.', '%', '%zz', '%ff', '%C0%AF', '%ED%A0%80', '%25', '%0d%0a'],
  [
    '%3F',
    '%23',
    '',
    'a/b',
    'a;b=1',
    'a,b',
    '*',
    '~',
    '!',
    "'",
    '$',
    '&',
    '=',
    ':',
    '@',
    'é',
    '\x7f',
    '"',
    '<',
  ],
  ['\\', '|', '^', '`', '{}', 'a'.repeat(100), 'a'.repeat(256), 'a'.repeat(3_000), '%61'.repeat(90)],
  ['a'.repeat(17_000)],
].flat();

const segmentOf = (works: string | undefined): fc.Arbitrary<Segment> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant({ text: encoded(works ?? 'a') }) },
    { weight: 6, arbitrary: fc.nat(10_000).map((made) => ({ made })) },
    { weight: 2, arbitrary: fc.constantFrom(...RAW_SEGMENTS).map((text) => ({ text })) },
    { weight: 1, arbitrary: hostileText.map((text) => ({ text: encoded(text) })) },
    { weight: 1, arbitrary: fc.uuid({ version: 7 }).map((text) => ({ text })) },
  );

function queryOf({ parameters }: Operation, { params }: Template): fc.Arbitrary<string> {
  const known = parameters.filter((parameter) => parameter.in === 'query');
  const pairs = known.map(({ name, schema }) => {
    const valid = fromSchema(schema).map((value) => [
      name,
      typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
    ]);
    const works = params[name] === undefined ? valid : fc.oneof(fc.constant([name, params[name]]), valid);
    return fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 4, arbitrary: works.map((pair) => [pair]) },
      { weight: 1, arbitrary: hostileText.map((text) => [[name, text]]) },
      { weight: 1, arbitrary: fc.tuple(works, works) },
    );
  });
  const more = fc.tuple(
    fc.oneof(
      hostileText,
      fc.constantFrom('limit', 'after', 'include', 'metadata.a', 'metadata.', 'a[b]', 'a[]', '__proto__'),
    ),
    hostileText,
  );
  const all = fc.tuple(
    ...pairs,
    fc.oneof({ weight: 8, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: more.map((pair) => [pair]) }),
  );
  const written = all.map((lists) =>
    lists
      .flat()
      .map((pair) => pair.map((text) => encoded(text ?? '')).join('='))
      .join('&'),
  );
  return fc
    .oneof(
      { weight: 25, arbitrary: written },
      {
        weight: 1,
        arbitrary: fc.constantFrom('%', '=', '&&', '%00=%00', 'limit', 'limit=%', '?', '#', '\xff', 'a=b#c'),
      },
    )
    .map((text) => (text === '' ? '' : `?${text}`));
}

/** Where it does not say otherwise, whoever may; sometimes somebody else, or nobody. */
function credentialFor({ path }: Operation): fc.Arbitrary<Credential> {
  const usual: Credential = path.includes('/admin/')
    ? 'operator'
    : path.endsWith('/accept')
      ? 'newcomer'
      : 'acme';
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(usual) },
    {
      weight: 4,
      arbitrary: fc.constantFrom<Credential>('acme', 'globex', 'operator', 'owner', 'viewer', 'newcomer'),
    },
    { weight: 1, arbitrary: fc.constantFrom<Credential>('nobody', 'garbage') },
  );
}

function bodyOf(
  { body: schema, method }: Operation,
  { body }: Template,
): fc.Arbitrary<string | Uint8Array | undefined> {
  const json = (value: fc.Arbitrary<unknown>) => value.map((it) => JSON.stringify(it) ?? '');
  const none = { weight: 1, arbitrary: fc.constant(undefined) };
  const broken = { weight: 1, arbitrary: brokenBody };
  const any = { weight: 1, arbitrary: json(hostileValue) };
  if (!schema) return fc.oneof({ ...none, weight: method === 'GET' ? 30 : 12 }, broken, any);
  const shaped = { weight: 8, arbitrary: json(fromSchema(schema)) };
  const near = { weight: 12, arbitrary: json(mutated(body)) };
  return fc.oneof(...(body === undefined ? [shaped] : [near, shaped]), none, broken, any);
}

/** Also what has no encoding, such as half of a surrogate pair. */
export const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());
