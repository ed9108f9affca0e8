import { LRUCache } from 'lru-cache';
import type { ChangeListener } from './change-listener.js';

export interface LiveCacheSettings {
  /** Upper bound of what a missed notification can cost, in milliseconds. */
  ttlMs: number;
  maxEntries: number;
}

/**
 * Rows of the control plane, kept near: bounded, short-lived, and dropped on every instance as soon as the database says
 * (NOTIFY) that the row changed. Holds promises, so that many requests for one key load it once; absence is cached too.
 */
export class LiveCache<V extends object> {
  private readonly entries: LRUCache<string, Promise<V | undefined>>;
  private readonly known: LRUCache<string, true>;

  /** `channel`: the notifications whose payload is a key of this cache. */
  constructor(
    channel: string,
    listener: ChangeListener,
    settings: LiveCacheSettings,
    /** In a transaction of its own (`Transactions.apart()`): many wait for its answer. */
    private readonly load: (key: string) => Promise<V | undefined>,
  ) {
    this.entries = new LRUCache({ max: settings.maxEntries, ttl: settings.ttlMs });
    this.known = new LRUCache({ max: settings.maxEntries });
    listener.onChange(
      channel,
      (key) => this.entries.delete(key),
      () => this.entries.clear(),
    );
  }

  /** Of a change made here: whoever made it sees it in their next request, without waiting for the notification. */
  forget(key: string): void {
    this.entries.delete(key);
  }

  /** Has there been a row of that key, since the start and as far as the memory reaches? Longer than the row is cached. */
  knows(key: string): boolean {
    return this.known.has(key);
  }

  get(key: string): Promise<V | undefined> {
    const known = this.entries.get(key);
    if (known) return known;
    const loading = this.load(key);
    this.entries.set(key, loading);
    loading
      .then((row) => row && this.known.set(key, true))
      // A failure is not an answer: the next request asks again.
      .catch(() => this.entries.peek(key) === loading && this.entries.delete(key));
    return loading;
  }
}
