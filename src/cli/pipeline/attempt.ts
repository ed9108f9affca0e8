import { printable } from './printable.js';

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
}

/** An answer, or in words why there was none. */
export type Reply = Answered | { fault: string };

/** One request, with all of its answer, within so many milliseconds. Redirects are not followed: they would take the key along. */
export async function attempt(url: string, init: RequestInit, timeoutMs: number): Promise<Reply> {
  try {
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    const text = await readText(response);
    if (text === undefined) return { fault: 'the answer is too large to be one of Rowhouse' };
    return { status: response.status, headers: response.headers, text };
  } catch (error) {
    return { fault: printable(faultOf(error)) };
  }
}

async function readText(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** fetch says "fetch failed", and what happened one level below; a name with two addresses has two reasons there. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'it took too long';
  if (error instanceof AggregateError && error.message === '') return error.errors.map(faultOf).join('; ');
  return error.cause === undefined ? error.message : faultOf(error.cause);
}
