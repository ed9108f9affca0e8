import { randomBytes } from 'node:crypto';
import { withClient } from '../../../src/migrations/index.js';
import { serverOfMajor } from '../../support/server-of-major.js';
import { urlFor } from '../../support/test-run.js';

/** A database of its own on a server of this major; answers its URL (superuser) and how to drop it. */
export async function scratchDatabase(
  major: number,
  schema = '',
): Promise<{ url: string; drop(): Promise<void> }> {
  const { adminUrl, stop } = await serverOfMajor(major);
  const name = `rowhouse_scratch_${randomBytes(6).toString('hex')}`;
  await withClient({ connectionString: adminUrl }, (admin) => admin.query(`CREATE DATABASE ${name}`));
  const url = urlFor(adminUrl, name);
  if (schema) await withClient({ connectionString: url }, (client) => client.query(schema));
  return {
    url,
    drop: async () => {
      await withClient({ connectionString: adminUrl }, (admin) =>
        admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
      );
      await stop();
    },
  };
}
