import type { INestApplication } from '@nestjs/common';

/** How long a browser may remember the answer to a preflight; Chromium keeps none for longer. */
const MAX_AGE_SECONDS = 7_200;

const REQUEST_HEADERS = [
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'traceparent',
  'x-request-id',
  'x-tenant',
];

const ANSWER_HEADERS = [
  'etag',
  'idempotent-replayed',
  'link',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'x-request-id',
];

/** Lets pages of exactly these origins call the API, with a key of their own: never with cookies. None: no CORS at all. */
export function addCors(app: INestApplication, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const allowed = new Set(origins);
  app.enableCors({
    // Refused with `false`: such an answer carries no CORS header whatsoever.
    origin: (origin: string | undefined, done: (error: null, allow: string | false) => void) =>
      done(null, origin !== undefined && allowed.has(origin) && origin),
    strictPreflight: false, // an OPTIONS that is no preflight is not an error here
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: REQUEST_HEADERS,
    exposedHeaders: ANSWER_HEADERS,
    maxAge: MAX_AGE_SECONDS,
  });
}
