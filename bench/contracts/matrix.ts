import type { Child } from '../fork.js';
import { median } from '../statistics.js';
import type { Client } from './client.js';
import { rounded } from './latency.js';

const EDGE = 20;

export interface MatrixWalk {
  cells: number;
  pages: number;
  /** Median of the first and of the last 20 pages of 100 cells. */
  firstPagesMs: number;
  lastPagesMs: number;
  /** The server's heap and resident memory after a garbage collection, before the walk and after. */
  memoryMiB: Record<'heapBefore' | 'heapAfter' | 'residentBefore' | 'residentAfter', number>;
}

/** All cells of 200 versions of `web` by 200 of `orders`, page by page. */
export async function walkMatrix(client: Client, server: Child): Promise<MatrixWalk> {
  await walk(client, EDGE);
  const before = await memoryOf(server);
  const { times, cells } = await walk(client, Infinity);
  const after = await memoryOf(server);
  return {
    cells,
    pages: times.length,
    firstPagesMs: rounded(median(times.slice(0, EDGE))),
    lastPagesMs: rounded(median(times.slice(-EDGE))),
    memoryMiB: {
      heapBefore: before.heap,
      heapAfter: after.heap,
      residentBefore: before.resident,
      residentAfter: after.resident,
    },
  };
}

async function walk(client: Client, atMost: number): Promise<{ times: number[]; cells: number }> {
  const times: number[] = [];
  let cells = 0;
  let after: string | null | undefined;
  do {
    const cursor = after === undefined ? '' : `&after=${after}`;
    const { ms, body } = await client.get(`/v1/matrix?consumer=web&provider=orders&limit=100${cursor}`);
    times.push(ms);
    cells += body.data.length;
    after = body.page.next;
  } while (after !== null && times.length < atMost);
  return { times, cells };
}

async function memoryOf(server: Child) {
  const usage = await server.ask<{ rssAfterGc: number; heapUsedAfterGc: number }>('memory');
  const toMiB = (bytes: number) => Math.round((bytes / 2 ** 20) * 10) / 10;
  return { heap: toMiB(usage.heapUsedAfterGc), resident: toMiB(usage.rssAfterGc) };
}
