import { once } from 'node:events';
import { type IncomingHttpHeaders, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What the server does with one request: it answers, or cuts the connection, or stays silent. */
export type Act =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | 'cut the connection'
  | 'stay silent';

export interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A peer that behaves as badly as it is told, request by request; the last act repeats. */
export async function faultyServer() {
  let acts: Act[] = [];
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body });
      answerWith(acts.length > 1 ? acts.shift()! : acts[0]!, response);
    });
  }).listen(0, '127.0.0.1');
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey: 'rh_of_nobody',
    seen,
    will(...next: Act[]) {
      acts = next;
      seen.length = 0;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function answerWith(act: Act, response: ServerResponse): void {
  if (act === 'stay silent') return;
  if (act === 'cut the connection') {
    response.destroy();
    return;
  }
  const { status = 200, headers = {}, body = {} } = act;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
