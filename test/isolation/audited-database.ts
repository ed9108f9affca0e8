import { Client, escapeLiteral } from 'pg';
import '../../src/app.module.js';
import { type AuditFinding, type AuditOptions, auditIsolation } from '../../src/tenancy/audit/index.js';
import { declaredTenantTables } from '../../src/database/index.js';
import { CATALOGUE } from '../../src/tenancy/audit/catalogue.js';
import { catalogueRules } from '../../src/tenancy/audit/rules.js';
import { probeWalls } from '../../src/tenancy/audit/live/walls-probe.js';
import { installNotes } from '../notes/install-notes.js';
import '../notes/notes.schema.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { testRun } from '../support/test-run.js';

/** As new as the newest of its major: the embedded servers are older than the fix that A01 asks for. */
const NEWEST = testRun().major * 10_000 + 99;

/** One database that is broken in transactions and never for good. */
export class AuditedDatabase {
  private constructor(
    readonly database: TestDatabase,
    readonly client: Client,
  ) {}

  static async open(): Promise<AuditedDatabase> {
    const database = await createTestDatabase();
    await installNotes((text) => database.query(text));
    // The template lets tests slow the service down.
    await database.query('REVOKE EXECUTE ON FUNCTION pg_sleep(double precision) FROM rowhouse_app');
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    return new AuditedDatabase(database, client);
  }

  readonly query = (text: string, values?: unknown[]) =>
    this.client.query<Record<string, unknown>>(text, values);

  /** The findings of the catalogue after `sql`, asked as the migrator inside the transaction that is then rolled back. */
  findingsAfter(sql: string, options: AuditOptions = {}): Promise<AuditFinding[]> {
    return this.rolledBack(async () => {
      await this.client.query(sql);
      await this.client.query('SET LOCAL search_path TO DEFAULT; SET LOCAL ROLE rowhouse_migrator');
      return auditIsolation(this.query, { serverVersion: NEWEST, ...options });
    });
  }

  /** What one rule alone says after `sql`: a tenth of the time that all of them take. */
  faultsAfter(sql: string, rule: string, { login = 'rowhouse_app' }: AuditOptions = {}): Promise<unknown[]> {
    return this.rolledBack(async () => {
      await this.client.query(sql);
      const halves = catalogueRules.filter(({ id }) => id === rule).map(({ query }) => query);
      const text = `WITH ${CATALOGUE} ${halves.join(' UNION ALL ')}`;
      // As literals: not every rule asks for every parameter.
      const values = [`{${declaredTenantTables().join()}}`, login, String(NEWEST)];
      return (
        await this.query(text.replace(/\$(\d)/g, (_, n: string) => escapeLiteral(values[Number(n) - 1]!)))
      ).rows;
    });
  }

  /** What the live probe finds after `sql`, as that login. */
  probeAfter(sql: string, login = 'rowhouse_app'): Promise<AuditFinding[]> {
    return this.rolledBack(async () => {
      await this.client.query(`${sql}; SET LOCAL SESSION AUTHORIZATION ${login}`);
      return probeWalls(this.query);
    });
  }

  async rolledBack<T>(work: () => Promise<T>): Promise<T> {
    await this.client.query('BEGIN');
    try {
      return await work();
    } finally {
      await this.client.query('ROLLBACK');
    }
  }

  async close(): Promise<void> {
    await this.client.end();
    await this.database.drop();
  }
}
