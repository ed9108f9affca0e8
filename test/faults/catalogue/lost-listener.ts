import { expect } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import type { Fault } from '../fault.js';
import { exchange, isSuccess } from '../load/exchange.js';
import type { Service } from '../world/service.js';
import type { Tenant } from '../world/tenants.js';
import { CACHE_TTL_MS, type World } from '../world/world.js';

/** What a machine that is busy with the load may add. */
const SLACK_MS = 1_000;
const HEALED_MS = 20_000;

/**
 * Half-open, which is the worst: nobody is told that no notification comes any more. A key that is revoked through one
 * server is refused by the other once its cache is too old.
 */
export const lostListener: Fault = {
  name: 'the connection that hears of changes is lost',
  async run({ world, random, report }) {
    const [quiet, tenant] = [await world.quiet(), random.pick(world.tenants)];
    const apiKey = await makeKey(world, tenant, quiet);
    world.quietNetwork.vanish();
    const startedAt = performance.now();
    await revoke(world, tenant, apiKey);
    const read = { method: 'GET', path: '/v1/tenant', apiKey: apiKey.secret } as const;
    let acceptedMs = 0;
    await eventually(async () => {
      const sentMs = performance.now() - startedAt;
      const answer = await exchange(quiet.url, tenant, read);
      if (isSuccess(answer)) acceptedMs = sentMs;
      // Its pool has lost its connections, too, and looks the key up again once it has new ones.
      expect(answer.status).toBe(401);
    }, HEALED_MS);
    report('a revoked key was accepted', `for ${Math.round(acceptedMs)} ms`);
    expect(acceptedMs).toBeLessThan(CACHE_TTL_MS + SLACK_MS);
  },
};

/** Used once on that server, which keeps what it learned of it. */
async function makeKey({ main }: World, tenant: Tenant, quiet: Service) {
  const made = await exchange(main.url, tenant, {
    method: 'POST',
    path: '/v1/api-keys',
    body: { name: 'revoked' },
  });
  const { id, apiKey: secret } = JSON.parse(made.text) as { id: string; apiKey: string };
  const used = await exchange(quiet.url, tenant, { method: 'GET', path: '/v1/tenant', apiKey: secret });
  expect(isSuccess(used)).toBe(true);
  return { id, secret };
}

async function revoke({ main }: World, tenant: Tenant, { id }: { id: string }): Promise<void> {
  const answer = await exchange(main.url, tenant, { method: 'DELETE', path: `/v1/api-keys/${id}` });
  expect(isSuccess(answer)).toBe(true);
}
