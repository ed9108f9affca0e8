import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { ConnectionPool, TenantDatabase, Transactions } from '../../../database/index.js';
import { type AuditFinding, findingOf } from '../rule.js';
import { poolRule } from '../rules/tried.js';

class OnPurpose extends Error {}

const REMEDY =
  'ALTER ROLE rowhouse_app RESET ALL where the tenant is a setting of the role; else look for what changes sessions: a pooler between (server_reset_query), or a listener on the pool';

/** Runs transactions of tenants that exist nowhere as services run them, and looks at each connection afterwards. */
export async function testPool(
  pool: ConnectionPool,
  transactions: Transactions,
  db: TenantDatabase,
): Promise<AuditFinding[]> {
  const ask = () => db.execute(sql`select current_tenant_id()`);
  const findings: AuditFinding[] = [];
  const look = async (after: string) => {
    const fault = await faultOfNextCheckout(pool);
    if (fault) findings.push(findingOf(poolRule, 'the tenant pool', `${fault} after ${after}`, REMEDY));
  };
  await transactions.withTenant(randomUUID(), { access: 'read' }, ask);
  await look('a COMMIT');
  await transactions
    .withTenant(randomUUID(), { access: 'write' }, async () => {
      await ask();
      throw new OnPurpose();
    })
    .catch((error: unknown) => {
      if (!(error instanceof OnPurpose)) throw error;
    });
  await look('a ROLLBACK');
  return findings;
}

async function faultOfNextCheckout(pool: ConnectionPool): Promise<string | undefined> {
  const client = await pool.connect();
  let fault: string | undefined = 'lost its connection';
  try {
    const { rows } = await client.query<{ tenant: string | null }>(
      `SELECT current_setting('app.tenant_id', true) AS tenant`,
    );
    // Asked once the answer is there: it tells the state that the session is in.
    if (client.getTransactionStatus() !== 'I') fault = 'hands out a connection inside of a transaction';
    else fault = rows[0]?.tenant ? 'hands out a connection that has a tenant' : undefined;
    return fault;
  } finally {
    client.release(fault !== undefined);
  }
}
