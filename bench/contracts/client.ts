import { Agent, request } from 'node:http';
import type { Child } from '../fork.js';

export interface Timed {
  /** From the first byte sent to the last byte read. */
  ms: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- a measurement reads whatever the API answered
  body: any;
}

/** One caller of tenant `acme` on one connection that stays open; whatever is not 2xx ends the run. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly server: Child) {}

  get(path: string): Promise<Timed> {
    return this.send('GET', path);
  }

  post(path: string, body: object): Promise<Timed> {
    return this.send('POST', path, JSON.stringify(body));
  }

  put(path: string, body: object): Promise<Timed> {
    return this.send('PUT', path, JSON.stringify(body));
  }

  private send(method: string, path: string, text?: string): Promise<Timed> {
    const headers = {
      authorization: `Bearer ${this.server.keys!['acme']}`,
      ...(text !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      }),
    };
    return new Promise((resolve, reject) => {
      const startedAt = performance.now();
      const sent = request(
        { port: this.server.port, host: '127.0.0.1', path, method, headers, agent: this.agent },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const ms = performance.now() - startedAt;
            const answer = Buffer.concat(chunks).toString();
            const status = response.statusCode ?? 0;
            if (status >= 200 && status < 300)
              resolve({ ms, body: answer.startsWith('{') ? JSON.parse(answer) : answer });
            else reject(new Error(`${method} ${path}: ${status} ${answer.slice(0, 500)}`));
          });
        },
      );
      sent.on('error', reject);
      sent.end(text);
    });
  }
}
