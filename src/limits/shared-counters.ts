import { Logger } from '@nestjs/common';
import { createClient } from '@redis/client';

/** A Redis that is slower than this is no help: the request goes on with the limits of its own process. */
const COMMAND_TIMEOUT_MS = 100;
/** Silence after which a connection is taken for dead; a healthy one answers a PING more often. */
const SILENCE_TIMEOUT_MS = 3_000;
const PING_INTERVAL_MS = 1_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** How long a Redis that was too slow is left alone, or each attempt would make the next requests wait. */
const REST_MS = 5_000;

/**
 * The Redis that all processes count in, as rate-limiter-flexible sees a client: it answers in time or rejects, and while
 * it is away it says so at once. Comes back by itself; its loss and its return are logged once each.
 */
export class SharedCounters {
  private readonly logger = new Logger('RateLimits');
  private readonly client;
  private isLost = false;
  private resting: NodeJS.Timeout | undefined;

  /** Connects in the background: the start does not wait for it. */
  constructor(url: string) {
    this.client = createClient({
      url,
      name: 'rowhouse',
      disableOfflineQueue: true,
      maintNotifications: 'disabled',
      pingInterval: PING_INTERVAL_MS,
      socket: {
        connectTimeout: SILENCE_TIMEOUT_MS,
        socketTimeout: SILENCE_TIMEOUT_MS,
        reconnectStrategy: (retries) => Math.min(FIRST_PAUSE_MS * 2 ** retries, LONGEST_PAUSE_MS),
      },
    });
    this.client.on('error', (error: Error) => this.lost(error));
    this.client.on('ready', () => this.back());
    this.connect();
  }

  /** Read by rate-limiter-flexible (`rejectIfRedisNotReady`). */
  get isReady(): boolean {
    return this.client.isReady;
  }

  /** Called by rate-limiter-flexible (`useRedisPackage`): one script, one round trip. */
  async eval(script: string, call: { keys: string[]; arguments: string[] }): Promise<unknown> {
    try {
      const reply = await inTime(this.client.eval(script, call), () => this.rest());
      this.back();
      return reply;
    } catch (error) {
      this.lost(error as Error);
      throw error;
    }
  }

  close(): void {
    clearTimeout(this.resting);
    this.client.destroy();
  }

  private connect(): void {
    this.client.connect().catch(() => undefined); // told by the event `error`, and tried again
  }

  /** Whatever else waits for an answer on this connection is rejected with it. */
  private rest(): void {
    if (!this.client.isReady) return;
    this.client.destroy();
    this.resting = setTimeout(() => this.connect(), REST_MS);
  }

  private lost(error: Error): void {
    if (this.isLost) return;
    this.isLost = true;
    this.logger.warn({ msg: 'Redis is lost; each process limits alone', reason: error.message });
  }

  private back(): void {
    if (!this.isLost) return;
    this.isLost = false;
    this.logger.log({ msg: 'Redis is back; limits are shared again' });
  }
}

function inTime<T>(reply: Promise<T>, onTimeout: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      reject(new Error(`no answer within ${COMMAND_TIMEOUT_MS} ms`));
      onTimeout();
    };
    // After a pause of our own the answer may lie there, unread: it is read before `setImmediate` fires.
    const timer = setTimeout(() => (immediate = setImmediate(giveUp)), COMMAND_TIMEOUT_MS);
    let immediate: NodeJS.Immediate | undefined;
    reply
      .finally(() => {
        clearTimeout(timer);
        clearImmediate(immediate);
      })
      .then(resolve, reject);
  });
}
