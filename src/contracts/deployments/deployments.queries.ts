import { and, asc, eq } from 'drizzle-orm';
import type { TenantDatabase } from '../../database/index.js';
import { environments } from '../environments/environments.schema.js';
import { deployments } from './deployments.schema.js';

/** To which environments is this service deployed now? Their names, in order. */
export async function environmentsOf(db: TenantDatabase, serviceId: string): Promise<string[]> {
  const rows = await db
    .select({ name: environments.name })
    .from(deployments)
    .innerJoin(environments, eq(environments.id, deployments.environmentId))
    .where(and(eq(deployments.serviceId, serviceId), eq(deployments.active, true)))
    .orderBy(asc(environments.name));
  return rows.map(({ name }) => name);
}

/** Is any service deployed to this environment now? */
export async function isAnythingDeployedTo(db: TenantDatabase, environmentId: string): Promise<boolean> {
  const rows = await db
    .select({ id: deployments.id })
    .from(deployments)
    .where(and(eq(deployments.environmentId, environmentId), eq(deployments.active, true)))
    .limit(1);
  return rows.length > 0;
}
