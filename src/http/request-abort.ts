import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { httpProblems } from './http.problems.js';

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * Aborts when the client goes away before it is answered, or the request takes too long. For whatever a request
     * does that can be cancelled: pass it on to `fetch`; the request's transaction listens to it already.
     * Fastify's own `signal` and `handlerTimeout` will not do: they take the end of a request's body for its client's end.
     */
    abortSignal: AbortSignal | undefined;
    [FLIGHT]?: Flight;
  }
}

const FLIGHT = Symbol('flight');

/** Gives every request its `abortSignal`, and answers those that take longer than `timeoutMs`. */
export function addRequestAbort(fastify: FastifyInstance, timeoutMs: number): void {
  const flights = new Flights();
  fastify.decorateRequest(FLIGHT);
  fastify.decorateRequest('abortSignal', {
    getter() {
      return this[FLIGHT]?.controller.signal;
    },
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    const deadline = setTimeout(() => expire(request, reply), timeoutMs);
    request[FLIGHT] = flights.start(request.raw.socket, deadline);
    done();
  });
  fastify.addHook('onResponse', (request, _reply, done) => {
    // A preflight is answered before it starts.
    if (request[FLIGHT]) flights.end(request[FLIGHT]);
    done();
  });
}

function expire(request: FastifyRequest, reply: FastifyReply): void {
  if (reply.sent || reply.raw.headersSent) return;
  request[FLIGHT]?.controller.abort();
  // Undefined where a request is injected: that one has always arrived.
  const { complete: hasArrived = true } = request.raw as Partial<IncomingMessage>;
  if (hasArrived) reply.send(httpProblems.requestTimeout());
  else reply.header('connection', 'close').send(httpProblems.requestIncomplete());
}

interface Flight {
  socket: Socket;
  controller: AbortController;
  deadline: NodeJS.Timeout;
}

/** The requests in flight on each connection: several, where a client pipelines. One listener for all of them. */
class Flights {
  private readonly bySocket = new WeakMap<Socket, Set<Flight>>();

  start(socket: Socket, deadline: NodeJS.Timeout): Flight {
    const flight = { socket, controller: new AbortController(), deadline };
    this.on(socket).add(flight);
    if (socket.destroyed) flight.controller.abort();
    return flight;
  }

  end(flight: Flight): void {
    clearTimeout(flight.deadline);
    this.bySocket.get(flight.socket)?.delete(flight);
  }

  private on(socket: Socket): Set<Flight> {
    const known = this.bySocket.get(socket);
    if (known) return known;
    const flights = new Set<Flight>();
    this.bySocket.set(socket, flights);
    socket.once('close', () => {
      for (const { deadline, controller } of flights) {
        clearTimeout(deadline);
        controller.abort();
      }
    });
    return flights;
  }
}
