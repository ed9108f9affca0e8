import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { attempt, type Reply } from './attempt.js';
import type { Connection } from './connection.js';
import { cannotTell, Ending, PipelineError } from './ending.js';
import { parseJson } from './json.js';
import { readRefusal, type Refusal, refusalInWords } from './problem.js';
import { readRetryAfter, retryDelayMs } from './retry.js';

export interface Call {
  method: 'GET' | 'PUT' | 'POST';
  /** From `/v1` on, with its query. */
  path: string;
  body?: unknown;
  /** All attempts together. */
  timeoutMs: number;
}

/**
 * Sends a request until it is answered, and answers the JSON of a 2xx. Every call here may be sent twice: GET and PUT by
 * their nature, POST by its Idempotency-Key, which is the same for all attempts.
 * @throws PipelineError in the words of the server, or with why there are none.
 */
export async function request(connection: Connection, call: Call): Promise<unknown> {
  const { init, deadline } = prepare(connection, call);
  for (let retries = 0; ; retries++) {
    const reply = await attempt(`${connection.url}${call.path}`, init, deadline - performance.now());
    const isAnswer = 'status' in reply;
    const body = isAnswer ? parseJson(reply.text.replaceAll(connection.apiKey, '[API key]')) : undefined;
    if (isAnswer && reply.status >= 200 && reply.status < 300 && body !== undefined) return body;
    const refusal = isAnswer ? readRefusal(reply.status, body) : undefined;
    const delay = retryDelayMs({ retries, ...refusal, retryAfterMs: wishOf(reply) });
    if (delay === undefined || performance.now() + delay >= deadline)
      throw failure(connection, call, reply, refusal);
    await sleep(delay);
  }
}

function prepare({ apiKey }: Connection, { method, body, timeoutMs }: Call) {
  const headers = {
    authorization: `Bearer ${apiKey}`,
    accept: 'application/json, application/problem+json',
    'user-agent': 'rowhouse-cli',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
  };
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  return { init, deadline: performance.now() + timeoutMs };
}

const wishOf = (reply: Reply) =>
  'status' in reply ? readRetryAfter(reply.headers.get('retry-after')) : undefined;

function failure(
  { url }: Connection,
  { method }: Call,
  reply: Reply,
  refusal: Refusal | undefined,
): PipelineError {
  if (!('status' in reply)) return cannotTell(`No answer from ${url}: ${reply.fault}`);
  if (reply.status >= 300 && reply.status < 400)
    return cannotTell(`${url} answers with a redirect; ROWHOUSE_URL must name the server itself.`);
  if (!refusal?.code) return cannotTell(`${url} answered ${reply.status}, and not as Rowhouse does.`);
  return new PipelineError(endingOf(method, refusal), refusalInWords(refusal), refusal);
}

/** A change that is refused is a no; a question that is refused has no answer. */
function endingOf(method: Call['method'], { status, code }: Refusal): Ending {
  if (status === 400) return Ending.USAGE;
  const isRefused = [404, 409, 413, 422].includes(status) && code !== 'NOT_FOUND';
  return isRefused && method !== 'GET' ? Ending.NO : Ending.CANNOT_TELL;
}
