import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { mayReadMetrics, metricsExposure } from './metrics-exposure.js';
import { Metrics } from './metrics.js';

/** `/metrics` on `METRICS_PORT`, where there is one. A port that is taken stops the start. */
@Injectable()
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Metrics');
  private server: Server | undefined;

  constructor(
    private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const exposure = metricsExposure(this.config);
    if (exposure.on !== 'own port') return;
    this.server = createServer((request, response) => {
      this.answer(request, response, exposure.token).catch((error: Error) => {
        this.logger.error({ msg: 'metrics cannot be read', err: error });
        response.writeHead(500).end();
      });
    });
    this.server.listen(exposure.port, exposure.host);
    await once(this.server, 'listening');
    const { address, port } = this.server.address() as AddressInfo;
    this.logger.log({ msg: 'metrics are served', address, port });
  }

  /** Last, so that the end of the service can still be watched. */
  async onApplicationShutdown(): Promise<void> {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async answer(
    { method, url, headers }: IncomingMessage,
    response: ServerResponse,
    token: string | undefined,
  ): Promise<void> {
    if (url?.split('?')[0] !== '/metrics') return void response.writeHead(404).end();
    if (method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end();
    if (!mayReadMetrics(token, headers.authorization))
      return void response.writeHead(401, { 'www-authenticate': 'Bearer realm="metrics"' }).end();
    const { contentType, text } = await this.metrics.expose();
    response.writeHead(200, { 'content-type': contentType }).end(text);
  }
}
