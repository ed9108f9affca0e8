import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import pg from 'pg';
import { Config } from '../config/index.js';
import { createClient } from './client-options.js';
import { sharesSessions } from './shares-sessions.js';

interface Subscription {
  onKey: (key: string) => unknown;
  onGap: () => unknown;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** One connection per process that LISTENs for changes of the control plane, and comes back when it is lost. */
@Injectable()
export class ChangeListener implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('ChangeListener');
  private readonly subscriptions = new Map<string, Subscription>();
  private client: pg.Client | undefined;
  private isStopping = false;
  private reconnecting: Promise<void> | undefined;

  constructor(private readonly config: Config) {}

  /** `onGap` is called when notifications may have been missed: whatever was kept must be forgotten. */
  onChange(channel: string, onKey: (key: string) => unknown, onGap: () => unknown): void {
    this.subscriptions.set(channel, { onKey, onGap });
  }

  /** When nothing that is kept from here on is forgotten for a gap, until the connection is lost. */
  async whenListening(): Promise<void> {
    await this.reconnecting;
  }

  onModuleInit(): void {
    this.reconnecting = this.connectUntilListening();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.client?.end().catch(() => undefined); // it may be gone already
  }

  private async connectUntilListening(): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; !this.isStopping; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        return await this.listen();
      } catch (error) {
        this.logger.warn({ msg: 'cannot listen for changes yet', reason: (error as Error).message });
        await sleep(pauseMs, undefined, { ref: false });
      }
    }
  }

  private async listen(): Promise<void> {
    const client = this.newClient();
    this.client = client;
    client.on('error', (error) =>
      this.logger.warn({ msg: 'listener connection lost', reason: error.message }),
    );
    try {
      await client.connect();
      if (await this.isPooled(client)) return await client.end();
      await this.subscribe(client);
    } catch (error) {
      client.end().catch(() => undefined); // else it would listen beside the next one
      throw error;
    }
    client.on('end', () => this.lost());
    this.forgetEverything();
  }

  private newClient(): pg.Client {
    return createClient(this.config.database.listener, 'listener', { keepAlive: true });
  }

  /** There LISTEN succeeds, and nothing is ever heard. What is kept near then lives until its age, which is told, and not tried again. */
  private async isPooled(client: pg.Client): Promise<boolean> {
    const isPooled = await sharesSessions(client, () => this.newClient());
    if (isPooled)
      this.logger.error({
        msg:
          'LISTEN is not heard through a pooler in transaction mode: changes that other processes make are seen here ' +
          'only after CACHE_TTL_MS. Let LISTEN_DATABASE_URL name the PostgreSQL server itself',
      });
    return isPooled;
  }

  private async subscribe(client: pg.Client): Promise<void> {
    client.on('notification', ({ channel, payload }) =>
      this.subscriptions.get(channel)?.onKey(payload ?? ''),
    );
    for (const channel of this.subscriptions.keys())
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
  }

  private lost(): void {
    this.forgetEverything();
    if (!this.isStopping) this.reconnecting = this.connectUntilListening();
  }

  private forgetEverything(): void {
    for (const { onGap } of this.subscriptions.values()) onGap();
  }
}
