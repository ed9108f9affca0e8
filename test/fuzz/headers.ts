import fc from 'fast-check';
import type { Operation } from './operations.js';

/** Who asks: keys of two tenants and of the platform, people who signed in, nobody, and somebody with nonsense. */
export type Credential =
  'acme' | 'globex' | 'operator' | 'owner' | 'viewer' | 'newcomer' | 'nobody' | 'garbage';

/** Stands for the newest ETag of the route. */
export const ITS_ETAG = '{etag}';

type Header = [name: string, value: string];

/** Bytes that a header may hold; CR and LF would begin the next one. */
const headerText = fc
  .array(
    fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 32, max: 126 }) },
      { weight: 1, arbitrary: fc.constantFrom(9, 128, 200, 255) },
    ),
    { maxLength: 40 },
  )
  .map((codes) => String.fromCharCode(...codes).trim());

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

const VALUES: Record<string, string[]> = {
  'idempotency-key': [
    'a',
    '',
    'a'.repeat(255),
    'a'.repeat(256),
    'a'.repeat(8_000),
    '"a"',
    'a, b',
    'a b',
    '../..',
    '\x80',
  ],
  'if-match': [
    ITS_ETAG,
    ITS_ETAG,
    ITS_ETAG,
    '*',
    '""',
    '"a"',
    'W/"a"',
    '"1", "2"',
    'a',
    ',',
    '',
    '"'.repeat(1_000),
    '"a'.repeat(200),
    '*, "a"',
  ],
  'if-none-match': [ITS_ETAG, '*', '""', '"a"', 'W/"a"', '"1", "2"', 'a', ',', '', '"'.repeat(1_000)],
  traceparent: [TRACE, `ff${TRACE.slice(2)}`, '00-0-0-0', '', '-'.repeat(500), '00-'],
  tracestate: ['a=b', '=', 'a'.repeat(600)],
  accept: [
    ['*/*', 'application/json', 'application/problem+json', 'text/html', 'image/svg+xml', '', ';', '*/*;q=0'],
    [
      'application/json;q=2',
      'a/b;q=x',
      '*'.repeat(2_000),
      ','.repeat(2_000),
      'application/*;q=0.5, */*;q=0.1',
    ],
  ].flat(),
  'content-type': [
    [
      'application/json; charset=utf-8',
      'application/json;charset=utf-16',
      'text/plain',
      'application/xml',
      '',
    ],
    ['multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'application/problem+json', ';'],
  ].flat(),
  'content-encoding': ['gzip', 'identity', 'br', ''],
  'x-tenant': [
    'acme',
    'globex',
    'system',
    '',
    'nobody',
    "' OR 1=1",
    'a'.repeat(300),
    '00000000-0000-0000-0000-000000000001',
  ],
  'x-request-id': ['a', '', 'a'.repeat(300), '<script>', '\xff'],
  'x-forwarded-for': ['1.2.3.4', 'x', '::1, a'],
  expect: ['100-continue', '200-ok'],
  origin: ['https://evil.example', 'null', ''],
  authorization: [
    'Bearer',
    'Bearer ',
    'Basic YTpi',
    'Bearer a.b.c',
    'Bearer rh_',
    'bearer',
    'Bearer eyJhbGciOiJub25lIn0.e30.',
    'x'.repeat(9_000),
  ],
  range: ['bytes=0-1'],
  te: ['trailers'],
  'if-modified-since': ['x'],
  'user-agent': ['\xff', ''],
  cookie: ['a=b'.repeat(50)],
  host: ['evil.example', 'a b', ''],
};

/** Mostly none, or the one that the route is about. */
export function headersFor({ parameters }: Operation): fc.Arbitrary<Header[]> {
  const own = parameters
    .filter((parameter) => parameter.in === 'header')
    .map(({ name }) => name.toLowerCase());
  const of = (names: string[]) =>
    fc
      .constantFrom(...names)
      .chain((name) =>
        fc
          .oneof(
            { weight: 4, arbitrary: fc.constantFrom(...(VALUES[name] ?? [''])) },
            { weight: 1, arbitrary: headerText },
          )
          .map((value): Header => [name, value]),
      );
  const any = of(Object.keys(VALUES));
  const about = own.length > 0 ? of(own) : any;
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant<Header[]>([]) },
    { weight: 3, arbitrary: about.map((header) => [header]) },
    { weight: 3, arbitrary: fc.array(any, { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.tuple(about, about) },
  );
}
