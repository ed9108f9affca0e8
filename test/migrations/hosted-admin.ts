import type { QueryResultRow } from 'pg';
import { type EphemeralServer, serverOfMajor } from '../../src/local/ephemeral-server.js';
import { withClient } from '../../src/migrations/index.js';
import type { TestDatabase } from '../support/database.js';
import { runCli } from '../support/run-cli.js';

/** The roles of whom a provider makes its customer the administrator, with the attributes that it documents. */
export const PROVIDERS = {
  // docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.rds_superuser.html
  RDS: `CREATE ROLE rds_superuser NOLOGIN;
    GRANT pg_monitor, pg_signal_backend TO rds_superuser WITH ADMIN OPTION;
    CREATE ROLE hosted LOGIN NOSUPERUSER INHERIT CREATEDB CREATEROLE NOREPLICATION IN ROLE rds_superuser`,
  // neon.tech/docs/manage/roles, and compute_tools/src/spec_apply.rs of neondatabase/neon
  Neon: `CREATE ROLE neon_superuser NOLOGIN CREATEDB CREATEROLE;
    GRANT pg_read_all_data, pg_write_all_data TO neon_superuser;
    CREATE ROLE hosted LOGIN INHERIT CREATEROLE CREATEDB BYPASSRLS REPLICATION IN ROLE neon_superuser`,
  // supabase/postgres, migrations/db/migrations/10000000000000_demote-postgres.sql
  Supabase: `CREATE ROLE hosted LOGIN NOSUPERUSER CREATEDB CREATEROLE REPLICATION BYPASSRLS`,
};

export type Provider = keyof typeof PROVIDERS;

/** A server of our own, since roles are the whole server's, on which the administrator is no superuser. */
export class HostedServer {
  private constructor(
    private readonly ephemeral: EphemeralServer,
    /** Of the administrator, who owns the database. */
    readonly adminUrl: string,
    readonly database: TestDatabase,
    /** What `db:bootstrap` printed. */
    readonly output: string,
  ) {}

  /** Bootstrapped by the command, as the provider's administrator. */
  static async start(provider: Provider, major: number): Promise<HostedServer> {
    const ephemeral = await serverOfMajor(major);
    const { server } = ephemeral;
    await withClient({ connectionString: server.adminUrl() }, async (superuser) => {
      await superuser.query(`${PROVIDERS[provider]}; ALTER ROLE hosted PASSWORD 'hosted'`);
      await superuser.query('CREATE DATABASE hosted OWNER hosted');
    });
    const adminUrl = `postgres://hosted:hosted@127.0.0.1:${server.port}/hosted`;
    const { code, output } = await runCli(['db:bootstrap', adminUrl]);
    if (code !== 0) throw new Error(output);
    return new HostedServer(ephemeral, adminUrl, databaseOf(server.adminUrl('hosted'), output), output);
  }

  stop = (): Promise<void> => this.ephemeral.stop();
}

function databaseOf(superuserUrl: string, output: string): TestDatabase {
  const url = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(output)?.[1] ?? '';
  return {
    name: 'hosted',
    adminUrl: superuserUrl,
    tenantUrl: url('DATABASE_URL'),
    controlUrl: url('CONTROL_DATABASE_URL'),
    migratorUrl: url('MIGRATION_DATABASE_URL'),
    query: <R extends QueryResultRow>(text: string, values?: unknown[]) =>
      withClient({ connectionString: superuserUrl }, (client) => client.query<R>(text, values)),
    drop: async () => undefined, // the whole server goes
  };
}
