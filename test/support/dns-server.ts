import { type RemoteInfo, type Socket as Udp, createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type Server, type Socket, createServer } from 'node:net';
import * as dnsPacket from 'dns-packet';

/** How the server answers for one name: TXT records (each of one or more chunks), or a fault. */
export type DnsAnswer =
  (string | string[])[] | 'no such name' | 'server failure' | 'refused' | 'silence' | 'garbage';

const CODES = { 'no such name': 3, 'server failure': 2, refused: 5 };
/** What a client without EDNS takes over UDP; more is sent over TCP. */
const MAX_UDP_BYTES = 512;
const TRUNCATED = dnsPacket.TRUNCATED_RESPONSE;

/** A real DNS server on loopback, UDP and TCP; names it was not told of do not exist. */
export class DnsServer {
  /** A promise holds the answer back. */
  readonly answers = new Map<string, DnsAnswer | Promise<DnsAnswer>>();
  /** Every question so far: `udp _rowhouse.acme.com`. */
  readonly asked: string[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly udp: Udp,
    private readonly tcp: Server,
    readonly address: string,
  ) {}

  static async start(): Promise<DnsServer> {
    const tcp = createServer().listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const { port } = tcp.address() as { port: number };
    const udp = createSocket('udp4').bind(port, '127.0.0.1');
    await once(udp, 'listening');
    const server = new DnsServer(udp, tcp, `127.0.0.1:${port}`);
    udp.on('message', (message, from) => void server.onMessage(message, from));
    tcp.on('connection', (socket) => server.onConnection(socket));
    return server;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.udp.close();
    this.tcp.close();
    await Promise.all([once(this.udp, 'close'), once(this.tcp, 'close')]);
  }

  private async onMessage(message: Buffer, { port, address }: RemoteInfo): Promise<void> {
    const whole = await this.answerTo(message, 'udp');
    if (!whole) return;
    this.udp.send(whole.length > MAX_UDP_BYTES ? truncated(message) : whole, port, address);
  }

  private onConnection(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
    socket.on('data', (data: Buffer) => void this.onTcpMessage(socket, data.subarray(2)));
  }

  private async onTcpMessage(socket: Socket, message: Buffer): Promise<void> {
    const whole = await this.answerTo(message, 'tcp');
    if (!whole) return;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(whole.length);
    socket.write(Buffer.concat([length, whole]));
  }

  private async answerTo(message: Buffer, transport: string): Promise<Buffer | undefined> {
    const { id, questions = [] } = dnsPacket.decode(message);
    const { name } = questions[0]!;
    this.asked.push(`${transport} ${name}`);
    const answer = (await this.answers.get(name)) ?? 'no such name';
    if (answer === 'silence') return undefined;
    if (answer === 'garbage') return Buffer.from('this is no DNS packet');
    const common = { type: 'response' as const, id: id!, questions };
    if (typeof answer === 'string') return dnsPacket.encode({ ...common, flags: CODES[answer] });
    const answers = answer.map((data) => ({ type: 'TXT' as const, name, ttl: 300, data }));
    return dnsPacket.encode({ ...common, answers });
  }
}

function truncated(message: Buffer): Buffer {
  const { id, questions = [] } = dnsPacket.decode(message);
  return dnsPacket.encode({ type: 'response', id: id!, flags: TRUNCATED, questions });
}
