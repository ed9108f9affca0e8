import { once } from 'node:events';
import { type IncomingHttpHeaders, createServer } from 'node:http';

/** A span as OTLP over HTTP with JSON carries it. */
export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Record<string, unknown>;
  status: { code?: number; message?: string };
  events?: unknown[];
}

type Attribute = { key: string; value: Record<string, unknown> };

interface Request {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: { spans: (Omit<ReceivedSpan, 'attributes'> & { attributes: Attribute[] })[] }[];
  }[];
}

const toRecord = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** An OpenTelemetry collector that keeps what it is sent. While `isSilent`, it takes requests and never answers. */
export class Collector {
  isSilent = false;
  readonly spans: ReceivedSpan[] = [];
  readonly headers: IncomingHttpHeaders[] = [];
  resource: Record<string, unknown> = {};
  /** Everything that came, as it came. */
  text = '';
  private readonly server = createServer((request, response) => {
    this.headers.push(request.headers);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/v1/traces') this.receive(Buffer.concat(chunks).toString());
      if (!this.isSilent) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });

  static async start(): Promise<Collector> {
    const collector = new Collector();
    collector.server.listen(0, '127.0.0.1');
    await once(collector.server, 'listening');
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private receive(text: string): void {
    this.text += text;
    for (const { resource, scopeSpans } of (JSON.parse(text) as Request).resourceSpans) {
      this.resource = toRecord(resource.attributes);
      for (const span of scopeSpans.flatMap(({ spans }) => spans))
        this.spans.push({ ...span, attributes: toRecord(span.attributes) });
    }
  }
}
