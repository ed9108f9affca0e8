import { capturePlans, type Plan } from '../../bench/contracts/capture.js';
import { fill } from '../../bench/contracts/database.js';
import { DEPLOYED, NEWEST } from '../../bench/contracts/scale.js';
import { rowsMet } from '../../bench/contracts/rows-met.js';
import { withClient } from '../../src/migrations/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { createTestDatabase } from '../support/database.js';

const PAGE = 20;
const SCALE = { services: 60, interactions: 12_000, matrix: 20 };

let testApp: TestApp;
let plansOf: (request: () => Promise<unknown>) => Promise<Plan[]>;

beforeAll(async () => {
  // Directly: the server tells the plans to the session that it ran them in.
  const database = await createTestDatabase(undefined, { isDirect: true });
  await withClient({ connectionString: database.adminUrl }, (client) =>
    fill((text) => client.query(text), SCALE),
  );
  testApp = await createTestApp({ database });
  plansOf = await capturePlans(testApp.app, database.name, database.query, { isCounting: true });
});
afterAll(async () => {
  await testApp.close();
  await testApp.database.drop();
});

async function met(method: string, url: string, body?: unknown): Promise<Record<string, number>> {
  const plans = await plansOf(async () => {
    const { status } = await testApp.call(method, url, { as: testApp.acme.apiKey, body });
    expect(status).toBe(200);
  });
  expect(plans).not.toEqual([]);
  return rowsMet(plans);
}

describe('what a request looks at, with 12,000 interactions of 60 services', () => {
  it.each(['accounts', 'gateway', 'service-050'])(
    'answers can-i-deploy of %s without a look at interactions',
    async (service) => {
      const url = `/v1/can-i-deploy?service=${service}&version=${NEWEST}&environment=production`;
      const { interactions = 0, verification_results: results = 0 } = await met('GET', url);
      expect(interactions).toBe(0);
      // 45 pairs at most, and of each the newest result and one other (or those before it of the same version).
      expect(results).toBeLessThanOrEqual(45 * 4);
    },
  );

  it.each(['', '&provider=service-050', '&consumer=service-050', '&consumer=gateway&provider=service-020'])(
    'lists the newest interactions, %p, and looks at few more than it shows',
    async (filter) => {
      const { interactions } = await met('GET', `/v1/interactions?limit=${PAGE}${filter}`);
      expect(interactions).toBeLessThanOrEqual(PAGE * 10);
    },
  );

  it('shows a page of the matrix and looks at no results but those of its two services', async () => {
    const { verification_results: results } = await met(
      'GET',
      `/v1/matrix?consumer=web&provider=orders&limit=${PAGE}`,
    );
    expect(results).toBeGreaterThan(PAGE);
    expect(results).toBeLessThanOrEqual(SCALE.matrix ** 2 * 3 + PAGE + 1);
  });

  it('draws a badge from one result', async () => {
    const { verification_results: results } = await met('GET', '/v1/badges/web/orders.svg');
    expect(results).toBe(1);
  });

  it('records interactions of a version that runs, and looks at no others than of its snapshots', async () => {
    const recording = {
      service: 'accounts',
      consumer: 'service-050',
      consumerVersion: DEPLOYED,
      environment: 'test',
      operation: 'GET /recorded',
      request: { method: 'GET', path: '/recorded' },
      response: { status: 200 },
    };
    const { interactions } = await met('POST', '/v1/interactions/batch', { interactions: [recording] });
    // Six providers in three environments, with 100 of each at most.
    expect(interactions).toBeLessThanOrEqual(6 * 3 * 100);
  });

  it('counts the interactions of the tenant without a look at them', async () => {
    const { interactions = 0 } = await met('GET', '/v1/stats');
    expect(interactions).toBe(0);
  });
});
