import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pod } from './pod.js';
import type { Service } from './service.js';

/** Rest of a client between two requests, longest, in ms. */
const THINK_MS = 100;
const PATIENCE_MS = 10_000;

export interface Ask {
  method: 'GET' | 'POST';
  path: string;
  body?: object;
  expect: number;
}

/** Clients that ask a Service without pause, half of them over connections that they keep; nothing is asked twice. */
export class Load {
  readonly failures: string[] = [];
  /** Sent to a pod after it was no endpoint any more. */
  readonly stale: string[] = [];
  /** How many were answered by each pod. */
  readonly answers = new Map<Pod, number>();
  private isOver = false;
  private clients: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly service: Service,
    private readonly apiKey: string,
  ) {}

  start(clients: number, next: () => Ask): void {
    const run = async (keepAlive: boolean): Promise<void> => {
      const agent = new Agent({ keepAlive, maxSockets: 1 });
      while (!this.isOver) {
        const ask = next();
        await this.ask(ask, agent).catch((error: Error) =>
          this.failures.push(`${ask.method} ${ask.path}: ${error.message}`),
        );
        await sleep(Math.random() * THINK_MS);
      }
      agent.destroy();
    };
    this.clients = Promise.all(Array.from({ length: clients }, (_, index) => run(index % 2 === 0)));
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.clients;
  }

  private async ask({ method, path, body, expect }: Ask, agent: Agent): Promise<void> {
    const sentAt = Date.now();
    const asked = request({
      agent,
      port: this.service.port,
      method,
      path,
      timeout: PATIENCE_MS,
      headers: {
        authorization: `Bearer ${this.apiKey}`,
        ...(body && { 'content-type': 'application/json' }),
      },
    });
    asked.on('error', () => undefined); // also after its answer began
    asked.on('timeout', () => asked.destroy(new Error('no answer')));
    asked.end(body && JSON.stringify(body));
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    const { pod, isStale } = this.service.pathOf(response.socket.localPort!, sentAt);
    if (isStale) this.stale.push(`${method} ${path}: ${pod.name}`);
    this.answers.set(pod, (this.answers.get(pod) ?? 0) + 1);
    const answer = await text(response);
    if (response.statusCode !== expect) throw new Error(`${response.statusCode} ${answer}`);
  }
}
