import { expect } from '@jest/globals';
import type { Fault } from '../fault.js';
import { QUIET, sessionsOf } from '../world/quiet.js';

const TIMES = 50;

/** None of them is worth a connection: what was asked of the tenant's database before is what was asked last. */
export const refusedRequests: Fault = {
  name: 'bad credentials, bodies, routes and methods',
  async run({ world, report }) {
    const service = await world.quiet();
    const transactions = () => service.metric('db_transactions_total{plane="tenant",outcome="committed"}');
    const { apiKey } = world.tenants[0]!;
    const post = (body: string, as = apiKey) => ({
      method: 'POST',
      headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
      body,
    });
    const unknownKey = `rh_${'0'.repeat(20)}_${'0'.repeat(64)}`;
    const requests: [path: string, request: RequestInit, statuses: number[]][] = [
      ['/v1/services', {}, [401]],
      ['/v1/services', { headers: { authorization: 'Basic eDp5' } }, [401]],
      ['/v1/services', { headers: { authorization: `Bearer ${unknownKey}` } }, [401]],
      ['/v1/services', post('{"name":"x"}', unknownKey), [401]],
      ['/v1/services', post('{"name":'), [400]],
      ['/v1/services', post('{"name":"", "more":1}'), [400]],
      ['/v1/interactions', post('[]'), [400]],
      ['/v1/nothing', post('{}'), [404]],
      ['/v1/services', { ...post('{}'), method: 'PUT' }, [404, 405]],
      ['/v1/services', { method: 'OPTIONS' }, [200, 204, 404, 405]],
    ];
    const ask = async (path: string, request: RequestInit) => {
      const response = await fetch(`${service.url}${path}`, request);
      await response.text();
      return response.status;
    };
    // The key is looked up once, on the control plane, before anything is measured.
    await ask('/v1/me', { headers: { authorization: `Bearer ${apiKey}` } });
    const before = {
      sessions: await world.database.query(sessionsOf(QUIET)),
      committed: await transactions(),
    };
    for (const [path, request, statuses] of requests)
      for (let i = 0; i < TIMES; i++) expect(statuses).toContain(await ask(path, request));
    const { rows } = await world.database.query(sessionsOf(QUIET));
    const known = new Map(before.sessions.rows.map((row) => [row['pid'], String(row['query_start'])]));
    for (const row of rows) expect(known.get(row['pid'])).toBe(String(row['query_start']));
    expect(await transactions()).toBe(before.committed);
    report('refused', `${requests.length * TIMES} requests without a connection`);
  },
};
