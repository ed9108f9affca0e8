import { withClient } from '../src/migrations/index.js';
import { median } from './statistics.js';

const PINGS = 200;

/** What `SELECT 1` takes on `lines` connections at once, in milliseconds: the median, and the 99th percentile. */
export async function measurePing(url: string, lines: number): Promise<{ medianMs: number; p99Ms: number }> {
  const all = await Promise.all(Array.from({ length: lines }, () => pingLine(url)));
  const sorted = all.flat().toSorted((a, b) => a - b);
  const round = (value: number) => Math.round(value * 1_000) / 1_000;
  return { medianMs: round(median(sorted)), p99Ms: round(sorted[Math.floor(sorted.length * 0.99)]!) };
}

const pingLine = (url: string) =>
  withClient({ connectionString: url }, async (client) => {
    const times: number[] = [];
    for (let count = 0; count < PINGS; count++) {
      const startedAt = performance.now();
      await client.query('SELECT 1');
      times.push(performance.now() - startedAt);
    }
    return times.slice(PINGS / 10);
  });
