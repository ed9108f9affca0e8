import { type Credential, ITS_ETAG } from './headers.js';
import type { Made } from './made.js';
import type { FuzzRequest } from './requests.js';

/** A request as it goes over the wire. */
export interface Encoded {
  method: string;
  target: string;
  headers: [name: string, value: string][];
  body: Buffer | undefined;
}

export type Credentials = Record<Credential, Record<string, string>>;

/** With what stands for something filled in: who asks, and what the campaign has made. */
export function encode(request: FuzzRequest, credentials: Credentials, made: Made): Encoded {
  const { operation, method, segments, query, as, body } = request;
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const segment = segments[name] ?? { text: '' };
    return 'text' in segment ? segment.text : made.valueFor(operation.path, name, segment.made);
  });
  const given = request.headers.map(([name, value]): [string, string] => [
    name,
    value === ITS_ETAG ? made.etagOf(operation.path) : value,
  ]);
  const has = (name: string) => given.some(([own]) => own === name);
  const bytes = body === undefined ? undefined : Buffer.from(body as string);
  const headers: [string, string][] = [
    ...(has('host') ? [] : [['host', 'localhost'] as [string, string]]),
    ...Object.entries(credentials[as]).filter(([name]) => !has(name)),
    ...(bytes && !has('content-type') ? [['content-type', 'application/json'] as [string, string]] : []),
    ...given,
  ];
  return { method, target: path + query, headers, body: bytes };
}

export function toBytes({ method, target, headers, body }: Encoded): Buffer {
  const length = body ? [`content-length: ${body.length}`] : [];
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([
    Buffer.from(`${method} ${target} HTTP/1.1\r\n`),
    Buffer.from([...lines, ...length, '', ''].join('\r\n'), 'latin1'),
    body ?? Buffer.alloc(0),
  ]);
}

/** The same as a line for a shell (bash), with the name of the principal in place of the credential. */
export function toCurl({ method, target, headers, body }: Encoded, as: Credential): string {
  const shown = headers
    .filter(([name]) => name !== 'host')
    .map(([name, value]) => (name === 'authorization' ? [name, `Bearer <${as}>`] : [name, value]));
  return [
    `curl -i --path-as-is -X ${quoted(method)} ${quoted(`http://127.0.0.1:3000${target}`)}`,
    ...shown.map(([name, value]) => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(body ? [`--data-binary ${quoted(body)}`] : []),
  ].join(' ');
}

const MAX_SHOWN_BYTES = 2_000;

/** For bash; long values are cut, and say so. */
function quoted(text: string | Buffer): string {
  const bytes = Buffer.from(text as string);
  const written = [...bytes.subarray(0, MAX_SHOWN_BYTES)].map((byte) =>
    byte < 32 || byte > 126 || byte === 39 || byte === 92
      ? `\\x${byte.toString(16).padStart(2, '0')}`
      : String.fromCharCode(byte),
  );
  const isPlain = written.every((character) => character.length === 1);
  const cut = bytes.length > MAX_SHOWN_BYTES ? `...(${bytes.length} bytes)` : '';
  return `${isPlain ? '' : '$'}'${written.join('')}${cut}'`;
}
