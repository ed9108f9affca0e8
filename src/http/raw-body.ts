import { Readable } from 'node:stream';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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

/** Bodies above this, or of unknown length, take one of few places: what nobody has signed yet must not fill the memory. */
const LARGE_BYTES = 1024 * 1024;
const LARGE_AT_ONCE = 8;

/** Makes Fastify heed `@RawBody()`. Before there are routes. */
export function addRawBodies(fastify: FastifyInstance): void {
  fastify.decorateRequest('rawBody');
  const places = new Places(LARGE_AT_ONCE);
  fastify.addHook('onRoute', (route) => {
    const { rawBodyBytes } = (route.config ?? {}) as { rawBodyBytes?: number };
    if (rawBodyBytes === undefined) return;
    route.bodyLimit = rawBodyBytes;
    route.preParsing = (request: FastifyRequest, reply: FastifyReply, payload: Readable) =>
      receive(request, payload, rawBodyBytes, () => places.take(reply));
  });
}

/** Of the large bodies of one process, each until its request is answered. */
class Places {
  constructor(private free: number) {}

  take({ raw }: FastifyReply): void {
    if (this.free === 0) throw httpProblems.tooManyLargeBodies();
    this.free--;
    raw.once('close', () => this.free++);
  }
}

/** Fastify goes on with an empty object, which stands for the body that was read. */
async function receive(
  request: FastifyRequest,
  payload: Readable,
  limitBytes: number,
  takePlace: () => void,
): Promise<Readable> {
  const { 'content-type': type = '', 'content-length': declared } = request.headers;
  if (!/^application\/json *(;|$)/i.test(type)) throw problemOfStatus(415, '');
  const length = declared === undefined ? undefined : Number(declared);
  if (length === undefined || length > LARGE_BYTES) takePlace();
  request.rawBody = await readBytes(payload, length, limitBytes);
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
