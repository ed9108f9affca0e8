import type { Client } from '../contracts/client.js';
import { type Latency, latencyOf, rounded } from '../contracts/latency.js';
import type { Child } from '../fork.js';
import { RATES, nameOf } from './data.js';

/** What people look at, by a name for the report. All lists with 50 rows. */
export const readsOf = (quotes: number): Record<string, string> => ({
  'quotes, newest': '/v1/quotes?limit=50',
  drafts: '/v1/quotes?limit=50&status=draft',
  'sent, and still valid': '/v1/quotes?limit=50&status=sent',
  accepted: '/v1/quotes?limit=50&status=accepted',
  expired: '/v1/quotes?limit=50&status=expired',
  'of a customer with a hundred': `/v1/quotes?limit=50&customer=${nameOf('customer', 77)}`,
  'of the customer with most': `/v1/quotes?limit=50&customer=${nameOf('customer', 1)}`,
  'of a customer, accepted': `/v1/quotes?limit=50&status=accepted&customer=${nameOf('customer', 77)}`,
  'of a project that has none': `/v1/quotes?limit=50&project=${nameOf('project', 7)}`,
  'made by one of twenty': `/v1/quotes?limit=50&createdBy=${nameOf('creator', 7)}`,
  'made by somebody who made none': `/v1/quotes?limit=50&createdBy=${nameOf('creator', 99)}`,
  'valid from last month on': `/v1/quotes?limit=50&validFrom=${daysAgo(30)}`,
  'valid until two years ago': `/v1/quotes?limit=50&validUntil=${daysAgo(730)}`,
  'searched, many found': '/v1/quotes?limit=50&q=quote%20a',
  'searched by number, one found': `/v1/quotes?limit=50&q=${String(quotes / 2).padStart(7, '0')}`,
  'searched, none found': '/v1/quotes?limit=50&q=nothing%20has%20this',
  'one quote': `/v1/quotes/${nameOf('quote', quotes)}`,
  'customers, newest': '/v1/customers?limit=50',
  'customers by name': '/v1/customers?limit=50&sort=companyName',
  'customers, searched, none found': '/v1/customers?limit=50&q=nothing%20has%20this',
  'customers of a tag': '/v1/customers?limit=50&tag=tag-7',
  'projects of a customer': `/v1/projects?limit=50&customer=${nameOf('customer', 77)}`,
  'items of a rate card': `/v1/rate-cards/${nameOf('card', 1)}/items?limit=50`,
});

/** Lists that go on from a cursor in their middle. */
const DEEP = [
  '/v1/quotes?limit=50',
  '/v1/quotes?limit=50&status=accepted',
  '/v1/customers?limit=50&sort=companyName',
];
const DEEP_PAGES = 50;
/** What is slow is asked less often. */
const MOST_MS = 5_000;
const WARM_UPS = 5;

/** A quote of 1,000 lines, each of which finds its price by its code. */
export const PREVIEW = {
  currency: 'EUR',
  lines: Array.from({ length: 1_000 }, (_, n) => ({
    description: `Line ${n}`,
    itemCode: `RATE-${1 + (n % RATES)}`,
    quantity: '7.5',
    discountType: 'percentage',
    discountValue: '0.1',
  })),
};

/** The reads, and those behind a cursor. */
export async function requestsOf(client: Client, quotes: number): Promise<Record<string, string>> {
  const requests = readsOf(quotes);
  for (const path of DEEP) requests[`${path}, page ${DEEP_PAGES}`] = await pageBehind(client, path);
  return requests;
}

/** The fiftieth page, or the last. */
async function pageBehind(client: Client, path: string): Promise<string> {
  let page = path;
  for (let count = 1; count < DEEP_PAGES; count++) {
    const { body } = await client.get(page);
    if (body.page.next === null) break;
    page = `${path}&after=${body.page.next}`;
  }
  return page;
}

/** Each so many times. */
export async function measureReads(
  client: Client,
  requests: Record<string, string>,
  times: number,
): Promise<Record<string, Latency>> {
  const measured: Record<string, Latency> = {};
  for (const [name, path] of Object.entries(requests))
    measured[name] = await measure(() => client.get(path), times);
  return measured;
}

/** With the processor time that the server (not the database) takes for one, which is the same on a busy machine. */
export async function measurePreview(
  client: Client,
  server: Child,
  times: number,
): Promise<Latency & { serverCpuMs: number }> {
  const before = await cpuMsOf(server);
  const latency = await measure(() => client.post('/v1/quotes/preview', PREVIEW), times);
  const serverCpuMs = rounded(((await cpuMsOf(server)) - before) / (latency.requests + WARM_UPS));
  return { ...latency, serverCpuMs };
}

async function cpuMsOf(server: Child): Promise<number> {
  const { user, system } = await server.ask<{ user: number; system: number }>('cpu');
  return (user + system) / 1_000;
}

async function measure(ask: () => Promise<{ ms: number }>, times: number): Promise<Latency> {
  for (let warmUp = 0; warmUp < WARM_UPS; warmUp++) await ask();
  const all: number[] = [];
  const endAt = performance.now() + MOST_MS;
  while (all.length < times && performance.now() < endAt) all.push((await ask()).ms);
  return latencyOf(all);
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
