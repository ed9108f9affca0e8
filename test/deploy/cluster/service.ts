import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import type { Pod } from './pod.js';
import { ENDPOINTS_LAG_MS, fast } from './time.js';

/**
 * A Service as kube-proxy makes it: each new connection goes to one of the endpoints, and stays with its pod for as long
 * as the two want it. What is an endpoint follows the readiness of the pods, a little late.
 */
export class Service {
  private readonly endpoints = new Set<Pod>();
  /** When a pod was no endpoint any more. */
  private readonly goneAt = new Map<Pod, number>();
  private readonly sockets = new Set<Socket>();
  private turn = 0;
  private server!: Server;
  /** The pod that a client's port leads to. */
  private readonly podAt = new Map<number, Pod>();

  static async start(): Promise<Service> {
    const service = new Service();
    service.server = createServer((client) => service.route(client)).listen(0, '127.0.0.1');
    await once(service.server, 'listening');
    return service;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on an endpoint while it is ready. */
  watch(pod: Pod): void {
    pod.on('readiness', () => {
      const { isReady } = pod;
      setTimeout(() => this.set(pod, isReady), fast(ENDPOINTS_LAG_MS));
    });
  }

  isEndpoint(pod: Pod): boolean {
    return this.endpoints.has(pod);
  }

  /** The pod behind a connection, and whether it had ceased to be an endpoint at a time. */
  pathOf(clientPort: number, at: number): { pod: Pod; isStale: boolean } {
    const pod = this.podAt.get(clientPort)!;
    return { pod, isStale: (this.goneAt.get(pod) ?? Infinity) < at };
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private set(pod: Pod, isEndpoint: boolean): void {
    if (isEndpoint) {
      this.endpoints.add(pod);
      this.goneAt.delete(pod);
    } else if (this.endpoints.delete(pod)) this.goneAt.set(pod, Date.now());
  }

  private route(client: Socket): void {
    const pods = [...this.endpoints];
    const pod = pods[this.turn++ % pods.length];
    if (!pod) return void client.resetAndDestroy();
    this.podAt.set(client.remotePort!, pod);
    const server = connect(pod.port, '127.0.0.1');
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(from.setNoDelay(true));
      from.on('error', () => to.resetAndDestroy());
      from.on('close', () => this.sockets.delete(from));
      from.pipe(to);
    }
  }
}
