import { index, bigint, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { tenants, timestamptz } from '../../database/schema.js';

/** Which tenant has an installation: one, whatever the tenants. Control plane, where events look whose they are. */
export const githubBindings = pgTable(
  'github_bindings',
  {
    installationId: bigint('installation_id', { mode: 'number' }).primaryKey(),
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id),
    createdAt: timestamptz('created_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [index('github_bindings_tenant').on(t.tenantId)],
);

/** The states that were used, until they are over anyway. Control plane. */
export const githubUsedStates = pgTable(
  'github_used_states',
  {
    nonce: text('nonce').primaryKey(),
    expiresAt: timestamptz('expires_at').notNull(),
  },
  (t) => [index('github_used_states_expiry').on(t.expiresAt)],
);

declare module '../../database/index.js' {
  interface DatabaseSchema {
    githubBindings: typeof githubBindings;
    githubUsedStates: typeof githubUsedStates;
  }
}
