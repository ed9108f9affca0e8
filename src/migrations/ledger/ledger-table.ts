/**
 * Creates the ledger, idempotently. Its own schema, owned by `rowhouse_owner` like everything; the service's logins may
 * read it at most (readiness compares it with the code). `tag` is the key: a step is found by its name and judged by its
 * sum, never by a high-water mark.
 */
export const createLedger = `
CREATE SCHEMA IF NOT EXISTS rowhouse;
CREATE TABLE IF NOT EXISTS rowhouse.migrations (
  tag text PRIMARY KEY,
  sha256 text NOT NULL,
  content_sha256 text,
  state text NOT NULL CONSTRAINT migrations_state_known
    CHECK (state IN ('running', 'applied', 'failed', 'rolled_back', 'baseline')),
  statements_total integer NOT NULL,
  statements_done integer NOT NULL DEFAULT 0,
  statement_digests text[] NOT NULL DEFAULT '{}',
  started_at timestamptz(3) NOT NULL DEFAULT now(),
  finished_at timestamptz(3),
  duration_ms integer,
  applied_by text NOT NULL DEFAULT session_user,
  tool_version text NOT NULL,
  server_version text NOT NULL DEFAULT current_setting('server_version'),
  confirmation text
);
GRANT USAGE ON SCHEMA rowhouse TO rowhouse_control;
GRANT SELECT ON rowhouse.migrations TO rowhouse_control;
CREATE SCHEMA IF NOT EXISTS drizzle;
CREATE TABLE IF NOT EXISTS drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint);
`;

/** Everything of the ledger, in the order the steps were begun. */
export const readLedger = `
SELECT tag, sha256, content_sha256 AS "contentSha256", state, statements_total AS "statementsTotal", statements_done AS "statementsDone",
       statement_digests AS "statementDigests", started_at AS "startedAt", finished_at AS "finishedAt",
       duration_ms AS "durationMs", applied_by AS "appliedBy", tool_version AS "toolVersion",
       server_version AS "serverVersion", confirmation
  FROM rowhouse.migrations ORDER BY started_at, tag`;

/** drizzle's ledger, in its own order. */
export const readDrizzleLedger = `
SELECT hash, created_at::float8 AS "createdAt" FROM drizzle.__drizzle_migrations ORDER BY id`;
