import { createHash } from 'node:crypto';
import { metadataGuardBody } from '../../../database/schema.js';
import type { CatalogueRule } from '../rule.js';

const BODY = createHash('md5').update(metadataGuardBody).digest('hex');

export const jsonbRules: CatalogueRule[] = [
  {
    id: 'A30',
    severity: 'blocking',
    title: 'Every JSON column is guarded as metadata, or says why not',
    why: 'Business values hide in JSON from types, constraints and column privileges.',
    query: `
      SELECT r.name || '.' || quote_ident(a.attname), 'holds JSON without CHECK (metadata_is_clean(...)) and without a stated exemption',
             format('ALTER TABLE %s ADD CONSTRAINT %I CHECK (metadata_is_clean(%I)), or COMMENT ON COLUMN %1$s.%3$I IS ''jsonb exempt: <reason>''',
                    r.name, r.relname || '_' || a.attname || '_clean', a.attname)
      FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_type y ON y.oid = a.atttypid
      WHERE r.relkind IN ('r', 'p') AND NOT EXISTS (SELECT FROM child WHERE child.oid = r.oid)
        AND COALESCE(NULLIF(y.typbasetype, 0), y.oid) IN ('json'::regtype, 'jsonb'::regtype, 'json[]'::regtype, 'jsonb[]'::regtype)
        AND COALESCE(col_description(r.oid, a.attnum), '') !~ '^jsonb exempt: \\S'
        AND NOT EXISTS (
          SELECT FROM pg_constraint c JOIN pg_depend d ON d.classid = 'pg_constraint'::regclass AND d.objid = c.oid
            AND d.refclassid = 'pg_proc'::regclass AND d.refobjid = to_regprocedure('public.metadata_is_clean(jsonb)')
          WHERE c.contype = 'c' AND c.conrelid = r.oid AND pg_get_expr(c.conbin, c.conrelid) = format('metadata_is_clean(%I)', a.attname)
            AND to_jsonb(c) ->> 'conenforced' IS DISTINCT FROM 'false')`,
  },
  {
    id: 'A31',
    severity: 'blocking',
    title: 'metadata_is_clean(jsonb) is the function that the code describes',
    why: 'The CHECK of every metadata column trusts it.',
    query: `
      SELECT 'metadata_is_clean(jsonb)', 'is missing, or not what src/database/metadata/metadata-guard.ts says', 'add a step with the statements of createMetadataGuard'
      WHERE NOT EXISTS (
        SELECT FROM pg_proc p WHERE p.oid = to_regprocedure('public.metadata_is_clean(jsonb)') AND p.provolatile = 'i'
          AND NOT p.prosecdef AND p.proisstrict AND p.proconfig = '{search_path=pg_catalog}'
          AND p.proowner::regrole::text = 'rowhouse_owner' AND md5(p.prosrc) = '${BODY}')`,
  },
];
