/**
 * NOT NULL is a fact of the column: only PostgreSQL 18 names it. A constraint's index is a fact of the constraint. The
 * triggers that enforce a foreign key can be switched off (`DISABLE TRIGGER ALL`) without its definition saying so.
 */
export const constraints = `
SELECT 'constraint', kind || ' ' || label, quote_ident(conname), jsonb_build_object(
         'definition', pg_get_constraintdef(pg_constraint.oid),
         'inherited only', CASE WHEN conislocal THEN NULL ELSE 'yes' END,
         'index', CASE WHEN contype IN ('p', 'u', 'x') AND conindid <> 0 THEN pg_get_indexdef(conindid) END,
         'index state', (SELECT CASE WHEN indisvalid AND indisready THEN NULL ELSE 'invalid' END
                           FROM pg_index WHERE contype IN ('p', 'u', 'x') AND indexrelid = conindid),
         'enforcement', (SELECT CASE WHEN bool_or(tgenabled <> 'O') THEN 'its triggers are disabled' END
                           FROM pg_trigger WHERE tgconstraint = pg_constraint.oid))
  FROM relation JOIN pg_constraint ON conrelid = relation.oid
 WHERE contype NOT IN ('n', 't')`;
