import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../../config/index.js';
import {
  type ConnectionPool,
  TENANT_POOL,
  TENANT_TABLES,
  TenantDatabase,
  Transactions,
} from '../../../database/index.js';
import { type AllowedFinding, withAllowed } from '../allowed.js';
import { type RunQuery, auditIsolation } from '../isolation-audit.js';
import type { AuditFinding } from '../rule.js';
import { testPool } from './pool-self-test.js';
import { auditTransport } from './transport.js';
import { probeIsolation } from './walls-probe.js';

/** Every rule, asked of the running service: with its configuration, its pool, and the login that the pool really has. */
@Injectable()
export class ServiceAudit {
  constructor(
    private readonly config: Config,
    @Inject(TENANT_POOL) private readonly pool: ConnectionPool,
    @Inject(TENANT_TABLES) private readonly tables: string[],
    private readonly transactions: Transactions,
    private readonly db: TenantDatabase,
  ) {}

  /** @throws what a query throws, where the database is gone. */
  async findings(allowed: readonly AllowedFinding[] = []): Promise<AuditFinding[]> {
    const found = [...auditTransport(this.config), ...(await this.asService())];
    const byRule = found.sort((a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0));
    return withAllowed(byRule, allowed);
  }

  private async asService(): Promise<AuditFinding[]> {
    const client = await this.pool.connect();
    const findings: AuditFinding[] = [];
    let isBuilt = false;
    let isHurt = true;
    try {
      const query: RunQuery = (text, values) => client.query<Record<string, unknown>>(text, values);
      await query(`BEGIN READ ONLY; SET LOCAL statement_timeout = '${PATIENCE}'`);
      const [facts] = (await query(FACTS)).rows;
      isBuilt = facts?.['isBuilt'] === true;
      findings.push(
        ...(await auditIsolation(query, { tables: this.tables, login: String(facts?.['login']) })),
      );
      await query('COMMIT');
      if (isBuilt) findings.push(...(await probeIsolation(query)));
      isHurt = false;
    } finally {
      client.release(isHurt);
    }
    if (isBuilt) findings.push(...(await testPool(this.pool, this.transactions, this.db)));
    return findings;
  }
}

/**
 * The catalogue is one long query: what requests may take says nothing of it. A connection that is silent for a second longer
 * than that is given up all the same.
 */
const PATIENCE = '30s';

/** Before the first step there are no walls to push against. */
const FACTS = `
  SELECT session_user::text AS login, to_regprocedure('public.current_tenant_id()') IS NOT NULL AS "isBuilt"`;
