import { Readable } from 'node:stream';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { httpProblems } from './http.problems.js';
import { problemOfStatus } from './to-problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Of a route with `@RawBody()`: its body to the byte. */
    rawBody: Buffer | undefined;
  }
}

/** This route wants the bytes of its JSON, up to so many, to check who signed them; nobody parses them for it. */
export const RawBody = (limitBytes: number) => RouteConfig({ rawBodyBytes: limitBytes });

/** Makes Fastify heed `@RawBody()`. Before there are routes. */
export function addRawBodies(fastify: FastifyInstance): void {
  fastify.decorateRequest('rawBody');
  fastify.addHook('onRoute', (route) => {
    const { rawBodyBytes } = (route.config ?? {}) as { rawBodyBytes?: number };
    if (rawBodyBytes === undefined) return;
    route.bodyLimit = rawBodyBytes;
    route.preParsing = (request: FastifyRequest, _reply: unknown, payload: Readable) =>
      receive(request, payload, rawBodyBytes);
  });
}

/** Fastify goes on with an empty object, which stands for the body that was read. */
async function receive(request: FastifyRequest, payload: Readable, limitBytes: number): Promise<Readable> {
  const { 'content-type': type = '', 'content-length': length } = request.headers;
  if (!/^application\/json *(;|$)/i.test(type)) throw problemOfStatus(415, '');
  request.rawBody = await readBytes(payload, length === undefined ? undefined : Number(length), limitBytes);
  const receivedEncodedLength = request.rawBody.length; // compared with Content-Length
  return Object.assign(Readable.from([Buffer.from('{}')]), { receivedEncodedLength });
}

/** Where the length is known, each byte is copied once, into its place. Throws `BODY_TOO_LARGE` as soon as it is. */
export async function readBytes(
  stream: AsyncIterable<Buffer>,
  length: number | undefined,
  limitBytes: number,
): Promise<Buffer> {
  if (length !== undefined && length > limitBytes) throw problemOfStatus(413, '');
  const target = length === undefined ? undefined : Buffer.allocUnsafe(length);
  const chunks: Buffer[] = [];
  let received = 0;
  try {
    for await (const chunk of stream) {
      if (received + chunk.length > (length ?? limitBytes)) throw problemOfStatus(413, '');
      if (target) chunk.copy(target, received);
      else chunks.push(chunk);
      received += chunk.length;
    }
  } catch (error) {
    throw (error as { code?: string }).code === 'BODY_TOO_LARGE' ? error : httpProblems.clientGone();
  }
  // A target that is not filled holds what was in that memory before.
  return target ? target.subarray(0, received) : Buffer.concat(chunks, received);
}
