import type { Json, Message } from './canonical.js';

const MARK = '[redacted]';

/** Whoever reads the value of one of these can act for whom it was issued to. */
const CREDENTIAL_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'api-key',
  'apikey',
  'x-auth-token',
  'x-access-token',
  'x-amz-security-token',
  'x-csrf-token',
  'x-xsrf-token',
]);

/**
 * The message as it is kept: that a credential was sent stays, which one does not. Recordings are made with real ones, and
 * are read by everybody who may read contracts; and one that is new in every run would make every recording another.
 */
export function withoutCredentials(message: Message): Message {
  const { headers, cookies } = message;
  return {
    ...message,
    ...(headers !== undefined && { headers: withoutSecrets(headers) }),
    ...(cookies !== undefined && { cookies: MARK }),
  };
}

/** By name, or as HTTP archives write them: a list of `name` and `value`. */
function withoutSecrets(headers: Json): Json {
  if (Array.isArray(headers)) return headers.map(withoutSecret);
  if (!isObject(headers)) return headers;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isCredential(name) ? MARK : value]),
  );
}

const withoutSecret = (header: Json): Json =>
  isObject(header) && isCredential(header['name']) ? { ...header, value: MARK } : header;

const isCredential = (name: unknown) =>
  typeof name === 'string' && CREDENTIAL_HEADERS.has(name.toLowerCase());

const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
