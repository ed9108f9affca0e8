import type { Tenant } from '../world/tenants.js';

export interface Request {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: object;
  /** Instead of the tenant's own. */
  apiKey?: string;
  idempotencyKey?: string;
  headers?: Record<string, string>;
}

/** What came back; status 0: nothing. */
export interface Answer {
  status: number;
  /** Of the problem, where it was one. */
  code: string;
  headers: Headers;
  text: string;
  ms: number;
}

/** How long a client waits, which is longer than any server may take. */
const PATIENCE_MS = 20_000;

/** Sends one request; never rejects. `leave`: the client goes away. */
export async function exchange(
  url: string,
  tenant: Tenant,
  request: Request,
  leave?: AbortSignal,
): Promise<Answer> {
  const startedAt = performance.now();
  try {
    const response = await fetch(`${url}${request.path}`, {
      method: request.method,
      headers: {
        authorization: `Bearer ${request.apiKey ?? tenant.apiKey}`,
        ...(request.body && { 'content-type': 'application/json' }),
        ...request.headers,
        ...(request.idempotencyKey !== undefined && { 'idempotency-key': request.idempotencyKey }),
      },
      ...(request.body && { body: JSON.stringify(request.body) }),
      signal: AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), ...(leave ? [leave] : [])]),
    });
    const text = await response.text();
    const code = response.ok ? '' : (/"code":"(\w+)"/.exec(text)?.[1] ?? '');
    return {
      status: response.status,
      code,
      headers: response.headers,
      text,
      ms: performance.now() - startedAt,
    };
  } catch (error) {
    const text = String((error as Error).cause ?? error);
    return { status: 0, code: 'NO_ANSWER', headers: new Headers(), text, ms: performance.now() - startedAt };
  }
}

export const isSuccess = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** Conflicts of the moment. */
export const CONFLICTS = new Set(['IDEMPOTENCY_KEY_IN_USE', 'TRANSACTION_CONFLICT']);

/** May the same request, sent again under its key, be answered otherwise? */
export const mayComeAgain = ({ status, code }: Answer): boolean =>
  status === 0 || status === 429 || status >= 500 || CONFLICTS.has(code);

/** Did it tell the client that there is no effect? Everything but success, "unknown" and no answer at all does. */
export const saysNothingStored = (answer: Answer): boolean =>
  !isSuccess(answer) && !UNKNOWN.has(answer.code) && answer.status !== 500;

const UNKNOWN = new Set(['NO_ANSWER', 'COMMIT_OUTCOME_UNKNOWN', 'REQUEST_TIMEOUT', '']);
