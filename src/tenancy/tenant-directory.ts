import { Injectable } from '@nestjs/common';
import { and, eq, isNull } from 'drizzle-orm';
import { Config } from '../config/index.js';
import {
  ChangeListener,
  ControlDatabase,
  LiveCache,
  type TenantPlan,
  type TenantStatus,
  Transactions,
  tenants,
} from '../database/index.js';
import { type Feature, enabledFeatures } from './features/catalogue.js';
import { overridesOfTenant } from './features/features.queries.js';

/** What every request needs to know of its tenant. */
export interface TenantEntry {
  id: string;
  slug: string;
  name: string;
  status: TenantStatus;
  plan: TenantPlan;
  /** What the tenant set up for itself; each room reads its own part, and trusts none of it. */
  settings: Readonly<Record<string, unknown>>;
  /** Those of the plan, and what operators overrode. */
  features: ReadonlySet<Feature>;
}

/** The tenants by id, cached near; a change acts on all instances as soon as the database notifies them. */
@Injectable()
export class TenantDirectory {
  private readonly cache: LiveCache<TenantEntry>;

  constructor(
    private readonly db: ControlDatabase,
    private readonly transactions: Transactions,
    listener: ChangeListener,
    config: Config,
  ) {
    this.cache = new LiveCache('rowhouse_tenant', listener, config.cache, (id) =>
      this.transactions.apart(() => this.load(id)),
    );
  }

  /** Undefined where there is no such tenant. */
  find(id: string): Promise<TenantEntry | undefined> {
    return this.cache.get(id);
  }

  /** It or its features changed: this instance knows at once, the others by notification. */
  forget(id: string): void {
    this.cache.forget(id);
  }

  private load(id: string): Promise<TenantEntry | undefined> {
    return this.transactions.withControl({ access: 'read' }, async () => {
      const [row] = await this.db
        .select({ ...COLUMNS, overrides: overridesOfTenant(this.db) })
        .from(tenants)
        .where(and(eq(tenants.id, id), isNull(tenants.deletedAt)));
      if (!row) return undefined;
      const { overrides, ...tenant } = row;
      return { ...tenant, features: enabledFeatures(tenant.plan, overrides) };
    });
  }
}

const COLUMNS = {
  id: tenants.id,
  slug: tenants.slug,
  name: tenants.name,
  status: tenants.status,
  plan: tenants.plan,
  settings: tenants.settings,
};
