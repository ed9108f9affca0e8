import { loadConfig, readEnvironmentFile } from '../config/index.js';
import { Failed } from './failed.js';

interface Options {
  name: string;
}

const MAX_NAME = 255;
const BY = { type: 'system', id: 'operator:create' } as const;

/**
 * Issues an operator's API key, the first one too, and tells it on stdout, once. Whoever has the database's URLs may: they are
 * past every scope anyway. It stands in the audit log of the system tenant.
 */
export async function createOperator({ name }: Options): Promise<void> {
  if (name.trim() === '' || name.length > MAX_NAME)
    throw new Failed(`--name must have 1 to ${MAX_NAME} characters`);
  await readEnvironmentFile();
  const config = loadConfig({ ...process.env, LOG_LEVEL: 'fatal' });
  // Only now: whoever is refused need not wait for the whole application to load.
  const [{ createApp }, database, identity, tenancy] = await Promise.all([
    import('../app.js'),
    import('../database/index.js'),
    import('../identity/index.js'),
    import('../tenancy/index.js'),
  ]);
  const { SYSTEM_TENANT_ID, Transactions } = database;
  const app = await createApp(config);
  try {
    await app.init();
    const { apiKey } = await app.get(Transactions).withControl({ access: 'write' }, () => {
      const context = { tenantId: SYSTEM_TENANT_ID, actor: BY, requestId: undefined, ip: undefined };
      app.get(tenancy.TenantContext).set(context);
      const key = { name, scopes: identity.ALL_SCOPES };
      return app.get(identity.TenantKeysService).issue(SYSTEM_TENANT_ID, key, BY);
    });
    console.error('The key of an operator, which is told only now. It may administer the platform:');
    console.log(apiKey);
  } finally {
    await app.close();
  }
}
