import { and, eq, sql } from 'drizzle-orm';
import { type ControlDatabase, tenants } from '../../database/index.js';
import type { Overrides } from './catalogue.js';
import { tenantFeatures } from './tenant-features.schema.js';

/** The overrides of the row of `tenants` around it, as one column: a tenant and its features are one query. */
export const overridesOfTenant = (db: ControlDatabase) => {
  const overrides = db
    .select({ all: sql`jsonb_object_agg(${tenantFeatures.feature}, ${tenantFeatures.enabled})` })
    .from(tenantFeatures)
    .where(and(eq(tenantFeatures.tenantId, tenants.id), eq(tenantFeatures.source, 'override')));
  return sql<Overrides>`coalesce((${overrides}), '{}')`;
};
