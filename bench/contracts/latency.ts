import { median } from '../statistics.js';

/** Milliseconds as a client on the same machine sees them, one request at a time. */
export interface Latency {
  p50Ms: number;
  p99Ms: number;
  requests: number;
}

export function latencyOf(times: number[]): Latency {
  const sorted = times.toSorted((a, b) => a - b);
  const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1]!;
  return { p50Ms: rounded(median(sorted)), p99Ms: rounded(p99), requests: sorted.length };
}

export const rounded = (value: number) => Math.round(value * 100) / 100;
