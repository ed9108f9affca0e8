/** Which rules of squawk and of ours speak of the same thing. */
export const sameThing: { squawk: string[]; ours: string[] }[] = [
  { squawk: ['transaction-nesting'], ours: ['transaction-control'] },
  {
    squawk: ['ban-concurrent-index-creation-in-transaction'],
    ours: ['concurrent-in-transaction', 'concurrently-on-new-table'],
  },
  { squawk: ['renaming-column'], ours: ['rename-column'] },
  { squawk: ['renaming-table'], ours: ['rename-table'] },
  { squawk: ['adding-required-field'], ours: ['not-null-without-default'] },
  { squawk: ['identifier-too-long'], ours: ['identifier-too-long'] },
  { squawk: ['ban-drop-table'], ours: ['drop-table'] },
  { squawk: ['ban-drop-column'], ours: ['drop-column'] },
  { squawk: ['ban-drop-database'], ours: ['drop-database'] },
  { squawk: ['ban-drop-not-null'], ours: ['drop-not-null'] },
  { squawk: ['ban-truncate-cascade'], ours: ['truncate-table', 'drop-cascade'] },
  { squawk: ['changing-column-type'], ours: ['type-change-rewrites', 'narrow-type'] },
  { squawk: ['require-concurrent-index-creation'], ours: ['index-not-concurrent'] },
  { squawk: ['require-concurrent-index-deletion'], ours: ['drop-index-not-concurrent'] },
  { squawk: ['require-concurrent-reindex'], ours: ['reindex-not-concurrent'] },
  { squawk: ['disallowed-unique-constraint'], ours: ['inline-unique'] },
  {
    squawk: ['constraint-missing-not-valid', 'adding-foreign-key-constraint'],
    ours: ['foreign-key-validates', 'check-validates', 'validate-in-one-transaction'],
  },
  { squawk: ['adding-not-nullable-field'], ours: ['set-not-null-scans'] },
  { squawk: ['adding-serial-primary-key-field'], ours: ['serial-column'] },
  {
    squawk: ['adding-field-with-default'],
    ours: ['volatile-default', 'stored-generated', 'identity-column'],
  },
  {
    squawk: ['ban-create-domain-with-constraint', 'ban-alter-domain-with-add-constraint'],
    ours: ['domain-column'],
  },
];

/** What squawk says and nobody here does, and why. */
export const notOurs: Record<string, string> = {
  'syntax-error': 'its parser; ours is the one of PostgreSQL 18',
  'require-lock-timeout': 'the runner sets lock_timeout for every step',
  'require-statement-timeout': 'the runner sets statement_timeout for every step',
  'prefer-bigint-over-int': 'taste',
  'prefer-identity': 'taste',
  'prefer-text-field': 'taste; the schema is declared with drizzle',
  'prefer-robust-stmts': 'the runner knows what is applied; IF NOT EXISTS hides a table that is another one',
  'prefer-timestamp-tz': 'taste; the type change has its own rule',
  'ban-char-field': 'taste',
  'require-enum-value-ordering': 'taste',
};
