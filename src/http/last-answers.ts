import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/**
 * From SIGTERM on, each answer is the last on its connection. A load balancer, and every client behind a Service of
 * Kubernetes, keeps sending over the connections it has, for as long as they are kept: a request that is under way when
 * the server closes them would be lost, and those in use would keep the server from ending.
 */
@Injectable()
export class LastAnswers implements OnModuleDestroy {
  private isEnding = false;

  /** Before `SHUTDOWN_DELAY_MS`, so that whoever still sends has come over to another process by its end. */
  onModuleDestroy(): void {
    this.isEnding = true;
  }

  watch(fastify: FastifyInstance): void {
    let isClosing = false;
    fastify.addHook('preClose', (done) => {
      isClosing = true;
      done();
    });
    fastify.addHook('onSend', (_request, reply, _payload, done) => {
      if (this.isEnding) reply.header('connection', 'close');
      done();
    });
    // For answers that had begun before.
    fastify.addHook('onResponse', (_request, _reply, done) => {
      if (isClosing) setImmediate(() => fastify.server.closeIdleConnections());
      done();
    });
  }
}
