import type { FastifyReply, FastifyRequest } from 'fastify';
import { matchesWeakly, parseETags } from './etag-list.js';

/** Names the version of the answer. true: the client has it, so that the answer is 304 and has no body. */
export function sendETag(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  reply.header('etag', etag);
  if (!isKnown(request, etag)) return false;
  reply.status(304);
  return true;
}

/** Whether the client has what this names. A header that is no list of tags names nothing, so that the answer is sent. */
export function isKnown({ method, headers }: FastifyRequest, etag: string): boolean {
  const header = headers['if-none-match'];
  if (header === undefined || (method !== 'GET' && method !== 'HEAD')) return false;
  const tags = parseETags(header);
  return tags !== undefined && matchesWeakly(tags, etag);
}
