/* oxlint-disable typescript/no-unsafe-declaration-merging, typescript/no-generated-empty-object-type -- declaration
   merging is how a class becomes both a token of Nest and Drizzle's interface, and how rooms add their tables */
import type { ExtractTablesWithRelations } from 'drizzle-orm';
import { createTableRelationsHelpers, extractTablesRelationalConfig } from 'drizzle-orm';
import { type NodePgDatabase, NodePgTransaction } from 'drizzle-orm/node-postgres';
import { PgDialect } from 'drizzle-orm/pg-core';
import { FlatRowSession } from './flat-row-session.js';
import type { Lease, LeasedQuery } from './lease.js';

/**
 * Every table and relation of the application, which types `db.query`. Each schema file adds its own:
 * `declare module '../database/index.js' { interface DatabaseSchema { invoices: typeof invoices } }`.
 */
export interface DatabaseSchema {}

/** The same as a type, which Drizzle can index. */
type Tables = { [K in keyof DatabaseSchema]: DatabaseSchema[K] };

export interface TenantDatabase extends NodePgDatabase<Tables> {}
/**
 * The current tenant's rows. Inject it and write Drizzle queries: they run in the request's transaction, `transaction()`
 * inside is a savepoint. Outside a tenant context every query rejects with `TENANT_CONTEXT_MISSING` and nothing is sent.
 */
export abstract class TenantDatabase {}

export interface ControlDatabase extends NodePgDatabase<Tables> {}
/** The control plane (tenants, credentials), inside `@ControlPlane()` routes and `withControl()`. */
export abstract class ControlDatabase {}

/** Stands where Drizzle expects a client; its name must not contain "Pool", or Drizzle takes it for one. */
class AmbientClient {
  constructor(private readonly currentLease: () => Lease) {}

  /** A thrown `TENANT_CONTEXT_MISSING` becomes a rejection. */
  async query(query: LeasedQuery, values: unknown[]) {
    return this.currentLease().query(query, values);
  }
}

/** Builds a Drizzle instance whose every query goes to the transaction around the caller. Built once: it walks the schema. */
export function ambientDatabase(schema: Record<string, unknown>, currentLease: () => Lease): TenantDatabase {
  const { tables, tableNamesMap } = extractTablesRelationalConfig(schema, createTableRelationsHelpers);
  const relational = {
    fullSchema: schema,
    schema: tables as ExtractTablesWithRelations<typeof schema>,
    tableNamesMap,
  };
  const dialect = new PgDialect();
  const client = new AmbientClient(currentLease) as unknown as ConstructorParameters<
    typeof FlatRowSession
  >[0];
  const session = new FlatRowSession(client, dialect, relational);
  // A transaction rather than a database: its `transaction()` is a savepoint, never a BEGIN of its own.
  return new NodePgTransaction(dialect, session, relational) as unknown as TenantDatabase;
}
