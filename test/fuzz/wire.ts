import { type Socket, connect } from 'node:net';
import { once } from 'node:events';

export interface WireAnswer {
  status: number;
  /** By their names in small letters. */
  headers: Record<string, string>;
  body: string;
  ms: number;
}

/** Longer than any route may take. */
const TIMEOUT_MS = 40_000;

/** One connection that is opened again where the server closes it, and sends whatever bytes it is given. */
export class Wire {
  private socket: Socket | undefined;

  constructor(private readonly port: number) {}

  /**
   * Resolves with the answer; bodies of answers to HEAD never come.
   * @throws Error where the connection ends, or nothing comes in time, without one.
   */
  async exchange(request: Buffer, isHead: boolean): Promise<WireAnswer> {
    const started = performance.now();
    const socket = (this.socket ??= await this.open());
    const answer = await new Promise<Omit<WireAnswer, 'ms'>>((resolve, reject) => {
      let received: Buffer = Buffer.alloc(0);
      const end = (error: Error) => done(() => reject(error));
      const done = (settle: () => void) => {
        clearTimeout(timer);
        socket.off('data', onData).off('close', onClose);
        settle();
      };
      const onData = (data: Buffer) => {
        received = received.length === 0 ? data : Buffer.concat([received, data]);
        const parsed = parse(received, isHead);
        if (parsed) done(() => resolve(parsed));
      };
      const onClose = () => end(new Error(`no answer: the connection ended after ${received.length} bytes`));
      const timer = setTimeout(() => end(new Error(`no answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
      socket.on('data', onData).on('close', onClose);
      if (socket.destroyed) return onClose();
      socket.write(request);
    }).catch((error: unknown) => {
      this.close();
      throw error;
    });
    if (answer.headers['connection'] === 'close') this.close();
    return { ...answer, ms: performance.now() - started };
  }

  close(): void {
    this.socket?.destroy();
    this.socket = undefined;
  }

  private async open(): Promise<Socket> {
    const socket = connect(this.port, '127.0.0.1').setNoDelay(true);
    await once(socket, 'connect');
    socket.on('error', () => undefined); // the close that follows tells
    // Between two requests: the next one opens another.
    socket.once('close', () => (this.socket = this.socket === socket ? undefined : this.socket));
    return socket;
  }
}

const END_OF_HEAD = Buffer.from('\r\n\r\n');

function parse(received: Buffer, isHead: boolean): Omit<WireAnswer, 'ms'> | undefined {
  const end = received.indexOf(END_OF_HEAD);
  if (end < 0) return undefined;
  const [statusLine = '', ...lines] = received.toString('latin1', 0, end).split('\r\n');
  const status = Number(statusLine.split(' ')[1]);
  const rest = received.subarray(end + END_OF_HEAD.length);
  if (status === 100) return parse(rest, isHead);
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  if (isHead || status === 204 || status === 304) return { status, headers, body: '' };
  if (headers['transfer-encoding'] === 'chunked') {
    const body = unchunked(rest);
    return body === undefined ? undefined : { status, headers, body };
  }
  const length = Number(headers['content-length'] ?? 0);
  return rest.length < length ? undefined : { status, headers, body: rest.toString('utf8', 0, length) };
}

function unchunked(bytes: Buffer): string | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const length = Number.parseInt(bytes.toString('latin1', at, end), 16);
    if (bytes.length < end + 2 + length + 2) return undefined;
    if (length === 0) return Buffer.concat(chunks).toString('utf8');
    chunks.push(bytes.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
}
