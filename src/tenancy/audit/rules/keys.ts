import type { CatalogueRule } from '../rule.js';

/** `tenant_id` is not the first column of both sides of a foreign key. */
const NOT_LED = '(c.conkey[1] IS DISTINCT FROM t.k OR c.confkey[1] IS DISTINCT FROM p.k)';

export const keyRules: CatalogueRule[] = [
  {
    id: 'A10',
    severity: 'blocking',
    title: 'tenant_id is a uuid, NOT NULL, refers to tenants, and no row can be handed to another tenant',
    why: 'A row without a tenant, or of one that does not exist, is behind no wall; a row that can move is behind any.',
    query: `
      SELECT t.name, fault, mend
      FROM tenant_table t
      -- From PostgreSQL 18 on NOT NULL is a constraint, and may be NOT VALID.
      LEFT JOIN pg_constraint not_valid ON not_valid.conrelid = t.oid AND not_valid.contype = 'n'
        AND not_valid.conkey = ARRAY[t.k] AND NOT not_valid.convalidated
      CROSS JOIN LATERAL (VALUES
        (t.k IS NULL, 'has no column tenant_id', format('ALTER TABLE %s ADD COLUMN tenant_id uuid NOT NULL REFERENCES tenants (id)', t.name)),
        (NOT t.attnotnull, 'has a tenant_id that may be NULL', format('ALTER TABLE %s ALTER COLUMN tenant_id SET NOT NULL', t.name)),
        (t.attnotnull AND not_valid.conname IS NOT NULL, 'has a tenant_id that may be NULL in old rows', format('ALTER TABLE %s VALIDATE CONSTRAINT ', t.name) || quote_ident(not_valid.conname)),
        (t.atttypid <> 'uuid'::regtype, 'has a tenant_id that is no uuid', format('ALTER TABLE %s ALTER COLUMN tenant_id TYPE uuid USING tenant_id::uuid', t.name)),
        (t.k IS NOT NULL AND NOT EXISTS (
           SELECT FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid = t.oid AND c.conkey = ARRAY[t.k]
             AND c.confrelid = to_regclass('public.tenants') AND to_jsonb(c) ->> 'conenforced' IS DISTINCT FROM 'false'),
         'has a tenant_id without a foreign key to tenants', format('ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (tenant_id) REFERENCES tenants (id)', t.name, t.relname || '_tenant_fkey')),
        (t.k IS NOT NULL AND has_column_privilege((SELECT oid FROM service), t.oid, t.k, 'UPDATE'),
         'lets rowhouse_app change tenant_id', format('REVOKE UPDATE, UPDATE (tenant_id) ON %s FROM PUBLIC, rowhouse_app', t.name))
      ) AS judged (is_wrong, fault, mend)
      WHERE is_wrong`,
  },
  {
    id: 'A11',
    severity: 'blocking',
    title: 'Foreign keys between tenant tables are led by tenant_id on both sides, and never change it',
    why: "Foreign keys are checked past row security: without the tenant in it, a child can hang on another tenant's parent.",
    query: `
      SELECT t.name,
        CASE WHEN ${NOT_LED} THEN format('has the foreign key %I, not led by tenant_id on both sides', c.conname)
             ELSE format('has the foreign key %I, whose ON DELETE or ON UPDATE changes tenant_id', c.conname) END,
        format('ALTER TABLE %s DROP CONSTRAINT %I, then add it as FOREIGN KEY (tenant_id, ...) REFERENCES %s (tenant_id, ...), where needed ON DELETE SET NULL (column)', t.name, c.conname, p.name)
      FROM pg_constraint c JOIN tenant_table t ON t.oid = c.conrelid JOIN tenant_table p ON p.oid = c.confrelid
      WHERE c.contype = 'f' AND (${NOT_LED} OR c.confupdtype IN ('c', 'n', 'd')
        OR c.confdeltype IN ('n', 'd') AND (c.confdelsetcols IS NULL OR t.k = ANY (c.confdelsetcols)))`,
  },
  {
    id: 'A12',
    severity: 'blocking',
    title: 'Unique and exclusion constraints of tenant tables have tenant_id in them',
    why: 'They are checked past row security: one tenant would learn what another has, and could take names from it.',
    query: `
      SELECT t.name, format('has the unique or exclusion index %s without tenant_id', i.indexrelid::regclass),
             format('rebuild it with tenant_id first, or say why the value may be unique across tenants: COMMENT ON INDEX %s IS ''unique across tenants: <reason>''', i.indexrelid::regclass)
      FROM pg_index i JOIN tenant_table t ON t.oid = i.indrelid
      WHERE (i.indisunique OR i.indisexclusion)
        AND NOT COALESCE(t.k = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1]), false)
        AND COALESCE(obj_description(i.indexrelid, 'pg_class'), '') !~ '^unique across tenants: \\S'`,
  },
  {
    id: 'A13',
    severity: 'warning',
    title: 'Every tenant table has an index led by tenant_id',
    why: "The policies would read all tenants' rows to find those of one.",
    query: `
      SELECT t.name, 'has no index that begins with tenant_id', format('CREATE INDEX ON %s (tenant_id, id)', t.name)
      FROM tenant_table t
      WHERE t.k IS NOT NULL AND NOT EXISTS (
        SELECT FROM pg_index i WHERE i.indrelid = t.oid AND i.indisvalid AND i.indpred IS NULL AND i.indkey[0] = t.k)`,
  },
];
