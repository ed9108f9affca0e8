import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Fault } from '../fault.js';
import { exchange } from '../load/exchange.js';
import type { Service } from '../world/service.js';
import type { Tenant } from '../world/tenants.js';

/** Of each tenant, per minute: enough for all that the quiet one sends here. */
const LIMIT = 4_000;
/** Without flood, with flood, and once more, so that a drift of the machine shows. */
const PHASES = ['A', 'B', 'A', 'B'] as const;
/** Of each reader; four of them read at the same time. */
const SAMPLES = 50;
const READERS = 4;
const CONNECTIONS = 16;
const PACE_MS = 5;

/** From a process of its own, as fast as it can; almost all of it is refused. */
export const flood: Fault = {
  name: 'one tenant floods',
  async run({ world, report }) {
    const service = await world.startService({
      RATE_LIMITS: `free=${LIMIT},pro=${LIMIT},enterprise=${LIMIT}`,
      RATE_LIMIT_CREDENTIAL_PERCENT: '100',
    });
    const [flooder, other] = world.tenants as [Tenant, Tenant];
    await p99Of(service, other); // warm
    const found = { A: [] as number[], B: [] as number[] };
    for (const phase of PHASES) {
      const attack = phase === 'B' ? await startFlood(service, flooder) : undefined;
      found[phase].push(await p99Of(service, other));
      await attack?.stop();
    }
    const refused = await service.metric('rate_limit_refusals_total{limit="credential"}');
    const ratio = mean(found.B) / mean(found.A);
    const rounded = (values: number[]) => values.map((ms) => ms.toFixed(1)).join(', ');
    report('p99 of another tenant', `alone ${rounded(found.A)} ms, in the flood ${rounded(found.B)} ms`);
    report('ratio', `${ratio.toFixed(2)}; ${refused} requests of the flood were refused`);
    expect(refused).toBeGreaterThan(SAMPLES);
    await service.stop();
  },
};

/** Of reads at a pace that no flood changes. */
async function p99Of({ url }: Service, tenant: Tenant): Promise<number> {
  const read = async () => {
    const times: number[] = [];
    for (let i = 0; i < SAMPLES; i++) {
      const answer = await exchange(url, tenant, { method: 'GET', path: '/v1/services?limit=20' });
      expect(answer.status).toBe(200);
      times.push(answer.ms);
      await sleep(PACE_MS);
    }
    return times;
  };
  const times = (await Promise.all(Array.from({ length: READERS }, read))).flat().sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.99)]!;
}

async function startFlood(service: Service, { apiKey }: Tenant) {
  const autocannon = createRequire(import.meta.url).resolve('autocannon');
  const options = ['-c', String(CONNECTIONS), '-d', '60', '-H', `authorization=Bearer ${apiKey}`];
  const child: ChildProcess = spawn(
    process.execPath,
    [autocannon, ...options, `${service.url}/v1/services`],
    {
      stdio: 'ignore',
    },
  );
  const refusals = () => service.metric('rate_limit_refusals_total{limit="credential"}');
  const before = await refusals();
  while ((await refusals()) === before) await sleep(PACE_MS);
  return {
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
