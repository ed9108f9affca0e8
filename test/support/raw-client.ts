import { type Socket, connect } from 'node:net';
import { once } from 'node:events';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Listens on a free port of the loopback and answers it. */
export async function listen(app: NestFastifyApplication): Promise<number> {
  await app.listen(0, '127.0.0.1');
  return (app.getHttpServer().address() as { port: number }).port;
}

/** A client that writes bytes as it likes: slow, half a request, nothing at all. */
export class RawClient {
  received = '';
  readonly isClosed: Promise<unknown>;

  private constructor(readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (data) => (this.received += data.toString('latin1')));
    socket.on('error', () => undefined); // the server may reset it
    this.isClosed = new Promise((resolve) => socket.once('close', resolve));
  }

  static async to(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  send(...lines: string[]): this {
    this.socket.write(lines.join('\r\n'));
    return this;
  }

  /** What came once the server has closed the connection: status, headers, body as JSON. */
  async answer() {
    await this.isClosed;
    const [head = '', text = ''] = this.received.split(/\r\n\r\n([^]*)/);
    const [statusLine = '', ...lines] = head.split('\r\n');
    return {
      status: Number(statusLine.split(' ')[1]),
      headers: Object.fromEntries(
        lines.map((line) =>
          line
            .toLowerCase()
            .split(/: (.*)/)
            .slice(0, 2),
        ),
      ) as Record<string, string>,
      body: JSON.parse(text) as Record<string, unknown>,
    };
  }
}
