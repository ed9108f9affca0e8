import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { Config } from '../config/index.js';
import { createClient } from '../database/index.js';

/** What one probe of the database found; shared by all probes for `CACHE_MS`. */
type Answer<T> = { at: number; value: Promise<T> };

const TIMEOUT_MS = 1_000;
const CACHE_MS = 500;

/**
 * One connection of the health checks' own, so that a busy pool never looks like a dead database. Every question has a
 * limit of one second; many probes at once ask once.
 */
@Injectable()
export class ProbeConnection implements OnApplicationShutdown {
  private readonly answers = new Map<string, Answer<unknown>>();
  private client: Promise<pg.Client> | undefined;

  constructor(private readonly config: Config) {}

  /** The answer to `question`, at most half a second old. Rejects when the database does not answer within a second. */
  ask<T>(name: string, question: (client: pg.Client) => Promise<T>): Promise<T> {
    const known = this.answers.get(name);
    if (known && Date.now() - known.at < CACHE_MS) return known.value as Promise<T>;
    const value = this.withinLimit(question);
    this.answers.set(name, { at: Date.now(), value });
    return value;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client?.then((client) => client.end()).catch(() => undefined); // never connected, or gone already
  }

  private async withinLimit<T>(question: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = (this.client ??= this.connect());
    const limit = Promise.withResolvers<never>();
    const timer = setTimeout(() => limit.reject(new Error(`no answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
    try {
      return await Promise.race([client.then(question), limit.promise]);
    } catch (error) {
      this.drop(client);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private async connect(): Promise<pg.Client> {
    const client = createClient(this.config.database.control, 'health', {
      connectionTimeoutMillis: TIMEOUT_MS,
    });
    client.on('error', () => this.drop(this.client));
    await client.connect();
    return client;
  }

  /** The next question opens a new connection: this one is broken, or too slow to be trusted. */
  private drop(client: Promise<pg.Client> | undefined): void {
    if (this.client === client) this.client = undefined;
    client?.then((broken) => broken.end()).catch(() => undefined); // never connected
  }
}
