import { once } from 'node:events';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What waits for the next write with a text: it is the last of its connection. */
interface Cut {
  text: string;
  isDelivered: boolean;
  done: () => void;
}

/**
 * A TCP proxy before a server that is slow, stalls, resets, cuts at a message, or lets a peer vanish without a word.
 * Unlike `WireProxy` it keeps nothing of what passes, so that load may run through it for minutes.
 */
export class FaultyNetwork {
  private readonly links = new Set<Link>();
  private server!: Server;
  private stalled: PromiseWithResolvers<void> | undefined;
  private cut: Cut | undefined;
  /** Of each packet, either way; packets keep their order. */
  delayMs: (() => number) | undefined;
  /** Whoever connects is heard by nobody. */
  swallowsNew = false;

  private constructor(
    private readonly host: string,
    private readonly serverPort: number,
  ) {}

  /** Before the server that a URL names. */
  static async before(url: string): Promise<FaultyNetwork> {
    const { hostname, port } = new URL(url);
    const network = new FaultyNetwork(hostname, Number(port));
    network.server = createServer((client) => network.link(client)).listen(0, '127.0.0.1');
    await once(network.server, 'listening');
    return network;
  }

  /** The same URL, through this network. */
  through(url: string): string {
    const { port } = this.server.address() as { port: number };
    return Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(port) }).href;
  }

  /** Nothing passes, and nothing is lost, until `resume()`. */
  stall(): void {
    this.stalled ??= Promise.withResolvers();
  }

  resume(): void {
    this.stalled?.resolve();
    this.stalled = undefined;
  }

  /** RST to both ends of every connection. */
  reset(): void {
    for (const link of this.links) link.reset();
  }

  /** The peers of all connections of this moment are gone, without FIN or RST: half-open, as after a lost host. */
  vanish(): void {
    for (const link of this.links) link.isDead = true;
  }

  /**
   * The next write of ours with this text is the last of its connection: it never reaches the server, or the server
   * answers it with the same text (`COMMIT`), and that never reaches us. Resolves once that connection is over.
   */
  cutAt(text: string, isDelivered: boolean): Promise<void> {
    return new Promise((done) => (this.cut = { text, isDelivered, done }));
  }

  get connections(): number {
    return this.links.size;
  }

  async close(): Promise<void> {
    this.resume();
    for (const link of this.links) link.reset();
    this.server.close();
    await once(this.server, 'close');
  }

  private link(client: Socket): void {
    const link = new Link(client, connect(this.serverPort, this.host), this);
    link.isDead = this.swallowsNew;
    this.links.add(link);
    void link.whenOver.then(() => this.links.delete(link));
  }

  /** For `Link`: until when a packet is held; undefined: it passes at once. */
  hold(): Promise<unknown> | undefined {
    if (this.stalled) return this.stalled.promise;
    const ms = this.delayMs?.() ?? 0;
    return ms > 0 ? sleep(ms) : undefined;
  }

  /** For `Link`: takes the cut that waits for this packet. */
  cutFor(packet: Buffer): Cut | undefined {
    const { cut } = this;
    if (!cut || !packet.includes(cut.text)) return undefined;
    this.cut = undefined;
    return cut;
  }
}

/** One connection, and what has become of it. */
class Link {
  /** Swallows everything and tells nobody. */
  isDead = false;
  private cut: Cut | undefined;
  readonly whenOver: Promise<unknown>;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly network: FaultyNetwork,
  ) {
    for (const socket of [client, server]) socket.setNoDelay(true).on('error', () => undefined);
    const send = { toServer: this.inOrder(server), toClient: this.inOrder(client) };
    client.on('data', (packet: Buffer) => this.fromClient(packet, send.toServer));
    server.on('data', (packet: Buffer) => this.fromServer(packet, send.toClient));
    client.on('close', () => this.isDead || server.destroy());
    server.on('close', () => this.isDead || client.destroy());
    this.whenOver = Promise.all([closed(client), closed(server)]);
    // Where the server answers something else, it is whoever waits for the answer that ends the connection.
    void this.whenOver.then(() => this.cut?.done());
  }

  reset(): void {
    this.isDead = true;
    this.client.resetAndDestroy();
    this.server.resetAndDestroy();
  }

  private fromClient(packet: Buffer, send: (packet: Buffer) => void): void {
    const cut = this.isDead ? undefined : this.network.cutFor(packet);
    this.cut ??= cut;
    if (cut && !cut.isDelivered) this.cutOff();
    else send(packet);
  }

  private fromServer(packet: Buffer, send: (packet: Buffer) => void): void {
    if (!this.cut) send(packet);
    else if (packet.includes(this.cut.text)) this.cutOff();
  }

  /** The close of one side ends the other, too. */
  private cutOff(): void {
    this.client.destroy();
  }

  private inOrder(to: Socket): (packet: Buffer) => void {
    let last = Promise.resolve();
    let held = 0;
    const pass = (packet: Buffer) => {
      if (!this.isDead && !to.destroyed) to.write(packet);
    };
    return (packet) => {
      const until = this.network.hold();
      if (!until && held === 0) return pass(packet);
      held++;
      const before = last;
      last = (async () => {
        await Promise.all([before, until]);
        held--;
        pass(packet);
      })();
    };
  }
}

const closed = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));
