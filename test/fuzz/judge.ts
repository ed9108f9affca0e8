import { tmpdir } from 'node:os';
import type { Encoded } from './encode.js';
import type { FuzzRequest } from './requests.js';
import type { WireAnswer } from './wire.js';

/** What no answer may hold, whoever asks for whatever. */
const LEAKS: [what: string, pattern: RegExp][] = [
  ['a stack trace', /\n\s+at |node:internal|\.[cm]?[jt]s:\d+|node_modules/],
  [
    'SQL',
    /\b(select|insert into|update|delete from) ["$(]|\bwhere \(?"|violates (not-null|foreign|unique|check)|syntax error at or near/i,
  ],
  [
    'an error of the database',
    /invalid input (syntax|value)|(relation|column|constraint) "|SQLSTATE|Failed query|current_tenant_id|app\.tenant_id|rowhouse_(app|control|owner|migrator)|pg_(catalog|temp|toast)/,
  ],
  ['an object printed as text', /\[object \w+\]/],
];

const PATHS = [process.cwd(), `${tmpdir()}/`, '/home/', '/root/', '/usr/'];

/** What the server says before a route is chosen. */
const ANYWHERE = new Set([400, 404, 405, 406, 408, 413, 414, 415, 417, 431]);

/** Every answer that is not what the document promises; empty: this one is. */
export function faultsOf(request: FuzzRequest, encoded: Encoded, answer: WireAnswer): string[] {
  const { status, headers, body } = answer;
  const isHead = encoded.method === 'HEAD';
  // As a reader of the JSON sees it.
  const text = body.replaceAll(/\\n/g, '\n').replaceAll(/\\"/g, '"');
  const faults = LEAKS.filter(([, pattern]) => pattern.test(text)).map(([what]) => `holds ${what}`);
  if (PATHS.some((path) => body.includes(path))) faults.push('holds a path of the machine');
  const isHealth = request.operation.path.startsWith('/health');
  if (status >= 500 && !(isHealth && status === 503)) faults.push(`is a ${status}`);
  if (isOnRoute(request, encoded) && !request.operation.statuses.includes(status) && !ANYWHERE.has(status))
    faults.push(`has the status ${status}, which the document does not name`);
  if (status >= 400 && !isHead && !isHealth) faults.push(...problemFaults(status, headers, body));
  if (
    status < 400 &&
    body !== '' &&
    !isHead &&
    /json/.test(headers['content-type'] ?? '') &&
    parsed(body) === undefined
  )
    faults.push('is no JSON');
  if (!headers['x-request-id']) faults.push('has no x-request-id');
  return faults;
}

/** RFC 9457, with the code that programs read. */
function problemFaults(status: number, headers: Record<string, string>, body: string): string[] {
  if (!/^application\/problem\+json\b/.test(headers['content-type'] ?? ''))
    return [`is an error of the type ${headers['content-type'] ?? 'none'}`];
  const problem = parsed(body) as Record<string, unknown> | undefined;
  if (!problem) return ['is an error whose body is no JSON'];
  const isWhole =
    /^[A-Z][A-Z0-9_]+$/.test(String(problem['code'])) &&
    problem['status'] === status &&
    problem['type'] === `urn:rowhouse:problem:${String(problem['code'])}` &&
    ['title', 'detail', 'instance'].every(
      (field) => typeof problem[field] === 'string' && problem[field] !== '',
    );
  return isWhole ? [] : ['is a problem document that lacks something'];
}

/** Did the request reach the route it was made for? */
function isOnRoute({ operation, segments, query }: FuzzRequest, { method, target }: Encoded): boolean {
  const isPlain = Object.values(segments).every(
    (segment) => !('text' in segment) || /^[^/?#\s]+$/.test(segment.text),
  );
  return method === operation.method && isPlain && !/[\s#]/.test(target) && !query.startsWith('??');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
