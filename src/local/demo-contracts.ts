import type { INestApplicationContext } from '@nestjs/common';
import {
  DeploymentsService,
  EnvironmentsService,
  FixturesService,
  ProposalsService,
  RecordingService,
  ResultsService,
  ServicesService,
  SpecsService,
  TasksService,
  VersionsService,
} from '../contracts/index.js';
import { Transactions } from '../database/index.js';
import { Precondition } from '../http/index.js';
import { TenantContext } from '../tenancy/index.js';
import { DECISIONS, DEPLOYMENTS, FIXTURES, INTERACTIONS, SERVICES, VERDICTS } from './demo-story.js';
import { ORDERS_API, ORDERS_VERSION } from './demo-orders-api.js';

const SEED = { type: 'system', id: 'demo-data' } as const;

/**
 * A shop's services under contract: one pair verified, one failed, one that nobody looked at yet. Through the services of
 * the application, in one transaction. A tenant that has services or environments is left as it is.
 */
export function seedContracts(app: INestApplicationContext, tenantId: string): Promise<void> {
  return app.get(Transactions).withTenant(tenantId, { access: 'write' }, async () => {
    app.get(TenantContext).set({ tenantId, actor: SEED, requestId: undefined, ip: undefined });
    if (await isInUse(app)) return;
    await describeServices(app);
    await app.get(RecordingService).record(INTERACTIONS, { strict: false });
    await deploy(app);
    await verify(app);
    await decideFixtures(app);
  });
}

async function isInUse(app: INestApplicationContext): Promise<boolean> {
  const services = await app.get(ServicesService).list({ limit: 1 });
  const environments = await app.get(EnvironmentsService).list({ limit: 1 });
  return services.data.length + environments.data.length > 0;
}

async function describeServices(app: INestApplicationContext): Promise<void> {
  for (const { versions, ...service } of SERVICES) {
    await app.get(ServicesService).register(service);
    for (const version of versions)
      await app.get(VersionsService).register(service.name, { version, branch: 'main' });
  }
  const upload = { version: ORDERS_VERSION, branch: 'main', spec: ORDERS_API };
  await app.get(SpecsService).upload('orders', upload, { replace: false });
}

async function deploy(app: INestApplicationContext): Promise<void> {
  const environments = app.get(EnvironmentsService);
  await environments.create({ name: 'test', displayName: 'Test' });
  await environments.create({ name: 'production', displayName: 'Production', isProduction: true });
  for (const deployment of DEPLOYMENTS) await app.get(DeploymentsService).record(deployment);
}

/** What the providers found in `test`; tasks without a verdict stay open. */
async function verify(app: INestApplicationContext): Promise<void> {
  const tasks = app.get(TasksService);
  for (const { consumer, provider, success, error } of VERDICTS) {
    const { data } = await tasks.list({ consumer, provider, environment: 'test', limit: 1 });
    const { id, providerVersion, interactions } = await tasks.get(data[0]!.id);
    const results = interactions.map((interaction) => ({
      interactionId: interaction.id,
      success,
      ...(error !== undefined && { error }),
    }));
    await app.get(ResultsService).submit(id, { providerVersion, results });
  }
}

async function decideFixtures(app: INestApplicationContext): Promise<void> {
  const fixtures = app.get(FixturesService);
  const proposed = await app.get(ProposalsService).propose(FIXTURES);
  for (const [index, decisions] of DECISIONS.entries())
    for (const decision of decisions) await fixtures.decide(proposed[index]!.id, decision, Precondition.NONE);
}
