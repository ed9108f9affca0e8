/** Triggers and rules; a view's own rule is its definition. */
export const triggers = `
SELECT 'trigger', kind || ' ' || label, quote_ident(tgname), jsonb_build_object(
         'definition', pg_get_triggerdef(pg_trigger.oid),
         'state', CASE tgenabled WHEN 'O' THEN 'enabled' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica only' ELSE 'always' END)
  FROM relation JOIN pg_trigger ON tgrelid = relation.oid
 WHERE NOT tgisinternal
UNION ALL
SELECT 'rule', kind || ' ' || label, quote_ident(rulename), jsonb_build_object(
         'definition', pg_get_ruledef(pg_rewrite.oid),
         'state', CASE ev_enabled WHEN 'O' THEN 'enabled' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica only' ELSE 'always' END)
  FROM relation JOIN pg_rewrite ON ev_class = relation.oid
 WHERE rulename <> '_RETURN'`;
