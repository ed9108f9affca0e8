import { type Server, type Socket, connect, createServer } from 'node:net';
import { once } from 'node:events';

/** A TCP proxy in front of PostgreSQL that notes who spoke when: `>` a write of ours, `<` an answer of the server. */
export class WireProxy {
  /** The bytes of each write of ours, and where the server spoke in between. */
  readonly exchange: ({ from: 'client'; text: string } | { from: 'server' })[] = [];
  private constructor(
    private readonly server: Server,
    private readonly sockets: Set<Socket>,
    readonly port: number,
  ) {}

  static async before(host: string, port: number, listenOn = 0): Promise<WireProxy> {
    const sockets = new Set<Socket>();
    const server = createServer((client) => {
      const upstream = connect(port, host);
      let cutAfter: string | undefined;
      for (const socket of [client, upstream]) sockets.add(socket.setNoDelay(true));
      client.on('data', (data) => {
        const text = data.toString('latin1');
        proxy.exchange.push({ from: 'client', text });
        if (proxy.cutAt && text.includes(proxy.cutAt.text)) {
          cutAfter = proxy.cutAt.text;
          if (!proxy.cutAt.isDelivered) client.destroy();
          proxy.cutAt = undefined;
        }
        if (!proxy.isFrozen && !client.destroyed) upstream.write(data);
      });
      upstream.on('data', (data) => {
        if (proxy.exchange.at(-1)?.from !== 'server') proxy.exchange.push({ from: 'server' });
        if (cutAfter === undefined) {
          if (!proxy.isFrozen) client.write(data);
        } else if (data.toString('latin1').includes(cutAfter)) client.destroy();
      });
      client.on('close', () => upstream.destroy()).on('error', () => upstream.destroy());
      upstream.on('close', () => client.destroy()).on('error', () => client.destroy());
    }).listen(listenOn, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new WireProxy(server, sockets, (server.address() as { port: number }).port);
    return proxy;
  }

  /** While set, nothing passes and nobody is told: a network that swallows packets. */
  isFrozen = false;

  /**
   * The next write of ours with this text is the last of its connection. Either it never reaches the server, or the server
   * answers it, with the same text (`COMMIT`), and that never reaches us.
   */
  cutAt: { text: string; isDelivered: boolean } | undefined;

  /** Forgets what was said so far. */
  clear(): void {
    this.exchange.length = 0;
  }

  /** What we wrote, one text for each round trip: writes with no answer in between count as one. */
  get roundTrips(): string[] {
    const trips: string[] = [];
    let isNew = true;
    for (const part of this.exchange) {
      if (part.from === 'server') {
        isNew = true;
      } else if (isNew) {
        trips.push(part.text);
        isNew = false;
      } else {
        trips[trips.length - 1] += part.text;
      }
    }
    return trips;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}
