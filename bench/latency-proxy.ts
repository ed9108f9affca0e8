import { type Socket, createServer, connect } from 'node:net';
import { once } from 'node:events';
import { serveParent } from './child.js';
import { WireCounter } from './wire-counter.js';

/**
 * A network that is `DELAY_MS` long each way, between a server and PostgreSQL. The delay is the same for every chunk,
 * so one queue in order of arrival serves all connections and both directions, and nothing can overtake.
 */
const delayMs = Number(process.env['DELAY_MS']);
const targetPort = Number(process.env['TARGET_PORT']);
const counter = process.env['COUNT'] ? new WireCounter() : undefined;

/** Timers fire late by about this much, so a parcel that is nearly due is better sent now than a timer later. */
const TOLERANCE_MS = 0.15;

interface Parcel {
  dueAt: number;
  to: Socket;
  /** Undefined: the sender has closed. */
  chunk: Buffer | undefined;
}

let queue: Parcel[] = [];
let timer: NodeJS.Timeout | undefined;

function send(to: Socket, chunk: Buffer | undefined): void {
  queue.push({ dueAt: performance.now() + delayMs, to, chunk });
  deliver();
}

/** Called at every arrival too, so that under load it is far more punctual than a timer of whole milliseconds. */
function deliver(): void {
  const now = performance.now();
  let count = 0;
  for (const { dueAt, to, chunk } of queue) {
    if (dueAt > now + TOLERANCE_MS) break;
    count++;
    if (!chunk) to.end();
    else if (to.writable) to.write(chunk);
  }
  if (count > 0) queue = queue.slice(count);
  if (queue[0] && !timer) {
    timer = setTimeout(() => {
      timer = undefined;
      deliver();
    }, queue[0].dueAt - now);
  }
}

const server = createServer({ noDelay: true }, (client) => {
  const upstream = connect({ port: targetPort, host: '127.0.0.1', noDelay: true });
  const wire = counter?.connection();
  for (const [from, to] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    from.on('data', (chunk: Buffer) => {
      if (from === client) wire?.fromClient(chunk);
      send(to, chunk);
      // A reply counts when the client gets it, hence in `deliverReply`'s time, not when PostgreSQL sent it.
      if (from === upstream) setTimeout(() => wire?.replyDelivered(), delayMs);
    });
    from.on('end', () => send(to, undefined));
    from.on('error', () => to.destroy());
  }
});

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
serveParent(
  { port: typeof address === 'object' ? (address?.port ?? 0) : 0 },
  { counts: () => counter?.take() },
);
