import type { BenchDatabase } from './database.js';
import type { Child } from './fork.js';
import type { LoadResult } from './load.js';
import type { BenchOptions } from './options.js';
import { requestsOf } from './scenarios.js';
import { startVariant } from './variants.js';

interface MemoryUsage {
  rss: number;
  heapUsed: number;
  rssAfterGc: number;
  heapUsedAfterGc: number;
}

/** Of Rowhouse's process, in MiB: warmed up, and after so many requests (nine lists, then one insert, of ten). */
export interface MemoryResult {
  requests: number;
  before: MemoryUsage;
  after: MemoryUsage;
}

export async function measureMemory(
  database: BenchDatabase,
  generator: Child,
  { connections, memoryRequests }: BenchOptions,
): Promise<MemoryResult> {
  const server = await startVariant('d', database, database.port);
  const put = (scenario: 'list' | 'insert', amount: number) =>
    generator.ask<LoadResult>('load', { ...requestsOf(scenario, server, database), connections, amount });
  await put('list', 2_000);
  await put('insert', 500);
  const before = inMiB(await server.child.ask<MemoryUsage>('memory'));
  const lists = await put('list', memoryRequests * 0.9);
  const inserts = await put('insert', memoryRequests * 0.1);
  const after = inMiB(await server.child.ask<MemoryUsage>('memory'));
  await server.child.stop();
  return { requests: lists.requests + inserts.requests, before, after };
}

const inMiB = (usage: MemoryUsage): MemoryUsage => ({
  rss: toMiB(usage.rss),
  heapUsed: toMiB(usage.heapUsed),
  rssAfterGc: toMiB(usage.rssAfterGc),
  heapUsedAfterGc: toMiB(usage.heapUsedAfterGc),
});

const toMiB = (bytes: number) => Math.round((bytes / 2 ** 20) * 10) / 10;
