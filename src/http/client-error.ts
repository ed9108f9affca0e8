import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { httpProblems } from './http.problems.js';
import { problemDocument } from './problem-document.js';
import { Problem } from './problem.js';

/**
 * Answers what never became a request, as a problem document, and closes the connection: Node's parser refused it, its
 * headers are too large, or it did not arrive in time.
 */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (socket.writable && !isAnotherAnswerDue(socket)) socket.write(responseOf(problemOf(error.code)));
  socket.destroy(error);
}

const problemOf = (parserCode = ''): Problem => {
  if (parserCode === 'ERR_HTTP_REQUEST_TIMEOUT') return httpProblems.requestIncomplete();
  if (parserCode === 'HPE_HEADER_OVERFLOW')
    return new Problem(431, 'HEADERS_TOO_LARGE', 'Headers too large', 'The request headers are too large.');
  if (parserCode === 'HPE_CHUNK_EXTENSIONS_OVERFLOW')
    return new Problem(413, 'BODY_TOO_LARGE', 'Payload Too Large', 'The chunk extensions are too large.');
  return new Problem(400, 'BAD_REQUEST', 'Bad Request', 'This is not a valid HTTP request.');
};

/** Then the client would take ours for the answer to a request before this one. */
function isAnotherAnswerDue(socket: Socket & { ['_httpMessage']?: ServerResponse | null }): boolean {
  const due = socket['_httpMessage']; // Node's own default handler looks at it, too
  return Boolean(due && (due.headersSent || due.req.complete));
}

function responseOf(problem: Problem): string {
  const requestId = randomUUID();
  const body = JSON.stringify(problemDocument(problem, requestId));
  const headers = {
    ...BARE_HEADERS,
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    'x-request-id': requestId,
    date: new Date().toUTCString(),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`, ...lines, '', body].join('\r\n');
}

/** For answers that no hook of the application sees. */
export const BARE_HEADERS = {
  'cache-control': 'private, no-store',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};
