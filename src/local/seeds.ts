import type { INestApplicationContext } from '@nestjs/common';
import { ControlDatabase, TenantDatabase, Transactions, changedRows } from '../database/index.js';
import { seedContracts } from './demo-contracts.js';
import { type DemoKeys, seedMissingDemo } from './demo-data.js';
import { DEMO_ISSUER } from './demo-issuer.js';
import { seedPeople } from './demo-people.js';

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
  const acme = demo?.tenants.find(({ slug }) => slug === 'acme');
  if (acme) reports.push(await plantContracts(app, acme.id));
  return { reports, newKeys: demo ? keysOf(demo) : {} };
}

async function plantContracts(app: INestApplicationContext, tenantId: string): Promise<SeedReport> {
  const changed = await app
    .get(Transactions)
    .withTenant(tenantId, { access: 'write' }, () =>
      changedRows(app.get(TenantDatabase), () => seedContracts(app, tenantId)),
    );
  return { seed: 'demo contracts of acme', changed };
}

function keysOf({ tenants, operator }: DemoKeys): Record<string, string> {
  const all = [...tenants.map(({ slug, apiKey }) => [slug, apiKey]), ['operator', operator.apiKey]];
  return Object.fromEntries(all.filter(([, key]) => key !== '')) as Record<string, string>;
}
