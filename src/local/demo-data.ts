import type { INestApplicationContext } from '@nestjs/common';
import { ControlDatabase, SYSTEM_TENANT_ID, Transactions } from '../database/index.js';
import { ALL_SCOPES, type Scope, TenantKeysService } from '../identity/index.js';
import { TenantContext, TenantsService } from '../tenancy/index.js';

/** Strangers to each other. */
export const TWO_TENANTS = [
  { slug: 'acme', name: 'Acme Ltd', plan: 'pro' as const },
  { slug: 'globex', name: 'Globex Corporation', plan: 'pro' as const },
];
/** The one that writes quotes. */
export const PIVOTAL_FLOW = { slug: 'pivotal-flow', name: 'Pivotal Flow', plan: 'pro' as const };
export const DEMO_TENANTS = [...TWO_TENANTS, PIVOTAL_FLOW];
const SEED = { type: 'system', id: 'demo-data' } as const;

/** What a newcomer needs to call the API; in `.rowhouse/demo.json` with the address it listens on. */
export interface DemoKeys {
  tenants: { slug: string; id: string; apiKey: string }[];
  operator: { apiKey: string };
}

/** Tenants with a key each, and an operator: through the services of the application, in one transaction. */
export const seedDemo = (app: INestApplicationContext, tenants = DEMO_TENANTS): Promise<DemoKeys> =>
  seedDemoBut(app, new Map(), tenants);

/** The same, but for the tenants that have a key already: by the tenant's id, the system tenant's for the operator. */
export async function seedDemoBut(
  app: INestApplicationContext,
  known: ReadonlyMap<string, string>,
  demoTenants = DEMO_TENANTS,
): Promise<DemoKeys> {
  const { tenants, operator } = await seed(app, demoTenants, (id) => Promise.resolve(!known.has(id)));
  return {
    tenants: tenants.map(({ slug, id, apiKey }) => ({ slug, id, apiKey: known.get(id) ?? apiKey })),
    operator: { apiKey: known.get(SYSTEM_TENANT_ID) ?? operator.apiKey },
  };
}

/** The same without the keys that were issued before: their secret was told then, and is not stored. */
export function seedMissingDemo(app: INestApplicationContext, tenants = DEMO_TENANTS): Promise<DemoKeys> {
  const db = app.get(ControlDatabase);
  return seed(app, tenants, async (tenantId, name) => {
    const known = await db.query.apiKeys.findFirst({
      where: (key, { and, eq, isNull }) =>
        and(eq(key.tenantId, tenantId), eq(key.name, name), isNull(key.revokedAt)),
    });
    return known === undefined;
  });
}

/** A key that is not wanted is told as an empty text. */
function seed(
  app: INestApplicationContext,
  demoTenants: typeof DEMO_TENANTS,
  isKeyWanted: (tenantId: string, name: string) => Promise<boolean>,
): Promise<DemoKeys> {
  const tenants = app.get(TenantsService);
  const keys = app.get(TenantKeysService);
  const issue = async (tenantId: string, name: string, scopes?: Scope[]) =>
    (await isKeyWanted(tenantId, name))
      ? (await keys.issue(tenantId, { name, ...(scopes && { scopes }) }, SEED)).apiKey
      : '';

  return app.get(Transactions).withControl({ access: 'write' }, async () => {
    app
      .get(TenantContext)
      .set({ tenantId: SYSTEM_TENANT_ID, actor: SEED, requestId: undefined, ip: undefined });
    const demo: DemoKeys = {
      tenants: [],
      operator: { apiKey: await issue(SYSTEM_TENANT_ID, 'demo operator', ALL_SCOPES) },
    };
    for (const tenant of demoTenants) {
      // They exist already where only demo.json was lost.
      const { id, slug } = (await tenants.findBySlug(tenant.slug)) ?? (await tenants.create(tenant));
      demo.tenants.push({ slug, id, apiKey: await issue(id, 'demo') });
    }
    return demo;
  });
}
