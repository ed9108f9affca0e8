import type { Client } from './client.js';
import { type Latency, latencyOf, rounded } from './latency.js';
import { NEWEST } from './scale.js';

/** Who asks, by how many others it meets in production. */
const QUESTIONS = {
  'few partners': 'service-170',
  'as consumer of 100 providers': 'gateway',
  'as provider of 150 consumers': 'accounts',
};

export interface Deployability {
  question: string;
  /** In the answer; the same at every size. */
  pairs: number;
  bySize: Record<number, Latency>;
  /** Median at the largest size divided by the median at the smallest. */
  growth: number;
}

/** `can-i-deploy` on databases of several sizes in turns, so that a machine that slows down touches all alike. */
export async function measureDeployability(
  clients: Map<number, Client>,
  rounds: number,
): Promise<Deployability[]> {
  const measured: Deployability[] = [];
  for (const [question, service] of Object.entries(QUESTIONS)) {
    const path = `/v1/can-i-deploy?service=${service}&version=${NEWEST}&environment=production`;
    const times = new Map([...clients.keys()].map((size) => [size, [] as number[]]));
    let pairs = 0;
    for (let round = 0; round <= rounds; round++) {
      for (const [size, client] of clients) {
        const asked = await burst(client, path);
        // The first round warms up.
        if (round > 0) times.get(size)!.push(...asked.map(({ ms }) => ms));
        pairs = asked[0]!.body.pairs.length;
      }
    }
    const bySize = Object.fromEntries([...times].map(([size, all]) => [size, latencyOf(all)]));
    const medians = Object.values(bySize).map(({ p50Ms }) => p50Ms);
    measured.push({ question, pairs, bySize, growth: rounded(medians.at(-1)! / medians[0]!) });
  }
  return measured;
}

async function burst(client: Client, path: string) {
  const asked = [];
  for (let count = 0; count < 20; count++) asked.push(await client.get(path));
  return asked;
}
