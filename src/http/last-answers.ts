import type { FastifyInstance } from 'fastify';

/**
 * Once the server closes, each answer is the last on its connection. Otherwise those of requests that were in flight stay
 * open for as long as they are kept alive, the server waits for them, and its end is cut off as if requests still ran.
 */
export function addLastAnswers(fastify: FastifyInstance): void {
  let isClosing = false;
  fastify.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) reply.header('connection', 'close');
    done();
  });
  // For answers that had begun before.
  fastify.addHook('onResponse', (_request, _reply, done) => {
    if (isClosing) setImmediate(() => fastify.server.closeIdleConnections());
    done();
  });
}
