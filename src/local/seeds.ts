import type { INestApplicationContext } from '@nestjs/common';
import { ControlDatabase, TenantDatabase, Transactions, changedRows } from '../database/index.js';
import { seedContracts } from './demo-contracts.js';
import { type DemoKeys, PIVOTAL_FLOW, seedMissingDemo } from './demo-data.js';
import { DEMO_ISSUER } from './demo-issuer.js';
import { seedPeople } from './demo-people.js';
import { seedQuoting } from './demo-quoting.js';

/** Those that are planted in a tenant. */
const TENANT_SEEDS = [
  { seed: 'demo contracts of acme', slug: 'acme', plant: seedContracts },
  { seed: 'demo quotes of pivotal-flow', slug: PIVOTAL_FLOW.slug, plant: seedQuoting },
];

/** What one seed did to the database. */
export interface SeedReport {
  seed: string;
  /** Rows inserted, updated or deleted, by table; none: all was there. */
  changed: Record<string, number>;
}

/** The reports, and the keys that were issued just now, which nobody can be told again. */
export interface Seeded {
  reports: SeedReport[];
  /** By the slug of the tenant; `operator` for the platform's own. */
  newKeys: Record<string, string>;
}

/**
 * Plants the demo data where it is missing: a second run changes nothing. Each seed runs in one transaction, of the
 * control plane or of the tenant, through the services of the application.
 */
export async function plantSeeds(app: INestApplicationContext): Promise<Seeded> {
  let demo: DemoKeys | undefined;
  const seeds: Record<string, () => Promise<void>> = {
    'demo tenants and keys': async () => void (demo = await seedMissingDemo(app)),
    'demo people': async () => {
      if (demo) await seedPeople(app, { issuer: DEMO_ISSUER }, demo);
    },
  };
  const reports: SeedReport[] = [];
  for (const [seed, plant] of Object.entries(seeds)) {
    const changed = await app
      .get(Transactions)
      .withControl({ access: 'write' }, () => changedRows(app.get(ControlDatabase), plant));
    reports.push({ seed, changed });
  }
  for (const { seed, slug, plant } of TENANT_SEEDS) {
    const tenant = demo?.tenants.find((each) => each.slug === slug);
    if (tenant) reports.push({ seed, changed: await plantIn(app, tenant.id, plant) });
  }
  return { reports, newKeys: demo ? keysOf(demo) : {} };
}

type Plant = (app: INestApplicationContext, tenantId: string) => Promise<void>;

const plantIn = (app: INestApplicationContext, tenantId: string, plant: Plant) =>
  app
    .get(Transactions)
    .withTenant(tenantId, { access: 'write' }, () =>
      changedRows(app.get(TenantDatabase), () => plant(app, tenantId)),
    );

function keysOf({ tenants, operator }: DemoKeys): Record<string, string> {
  const all = [...tenants.map(({ slug, apiKey }) => [slug, apiKey]), ['operator', operator.apiKey]];
  return Object.fromEntries(all.filter(([, key]) => key !== '')) as Record<string, string>;
}
