import { createApp } from '../../../src/app.js';
import { seedDemo } from '../../../src/local/demo-data.js';
import { testConfig } from '../../support/config.js';
import type { TestDatabase } from '../../support/database.js';
import { noteSecret } from '../../support/test-logs.js';
import type { Random } from '../random.js';

export interface Tenant {
  id: string;
  /** Stands in everything that is written for this tenant, and in nothing of another. */
  slug: string;
  apiKey: string;
  /** The key of an operator of the platform, which is of no tenant here. */
  operator: string;
}

/** The operator's API key, for `makeTenants`. */
export async function makeOperator(database: TestDatabase): Promise<string> {
  const app = await createApp(testConfig(database));
  const { operator } = await seedDemo(app);
  await app.close();
  noteSecret(operator.apiKey);
  return operator.apiKey;
}

/** Tenants with a key each, and what their load refers to. */
export async function makeTenants(
  url: string,
  operator: string,
  count: number,
  random: Random,
): Promise<Tenant[]> {
  const post = async (path: string, as: string, body: object) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.status !== 201) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as { id: string; apiKey: string };
  };
  const letters = () => Array.from({ length: 8 }, () => random.pick([...'bcdfghjklmnpqrstvwxz'])).join('');
  const make = async (): Promise<Tenant> => {
    const slug = letters();
    const { id } = await post('/v1/admin/tenants', operator, {
      slug,
      name: `Of ${slug}`,
      plan: 'enterprise',
    });
    const { apiKey } = await post(`/v1/admin/tenants/${id}/api-keys`, operator, { name: `key of ${slug}` });
    noteSecret(apiKey);
    for (const name of placesOf(slug).services) await post('/v1/services', apiKey, { name });
    await post('/v1/environments', apiKey, { name: placesOf(slug).environment });
    return { id, slug, apiKey, operator };
  };
  return Promise.all(Array.from({ length: count }, make));
}

/** What every tenant has from the start. */
export const placesOf = (slug: string) => ({
  provider: `${slug}.orders`,
  consumer: `${slug}.web`,
  services: [`${slug}.orders`, `${slug}.web`],
  environment: `${slug}.test`,
});
