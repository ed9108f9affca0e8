import type { Node } from 'libpg-query';
import { relationName, spokenName } from '../../../sql/names.js';
import type { StatementRule } from '../../rule.js';
import { hasOption, nodeRule } from '../node-rule.js';
import { isOfTenants, namesTenant, tablesReadBy } from './step-tables.js';

const invoker = nodeRule(
  {
    id: 'view-without-security-invoker',
    group: 'tenancy',
    severity: 'error',
    title: 'A view reads with the rights of its owner',
    why: 'Without security_invoker the rows are read as the owner of the view: the policies of whoever asks do not apply.',
    rewrite: `CREATE VIEW "open_quotes" WITH (security_invoker = true) AS SELECT "tenant_id", "id" FROM "quotes" WHERE "status" = 'open';`,
  },
  function* (node) {
    const view = ownersView(node);
    if (view)
      yield {
        object: spokenName(view),
        message: `${spokenName(view)} shows rows with the rights of its owner`,
      };
  },
);

function ownersView(node: Node): string | undefined {
  if ('ViewStmt' in node && !hasOption(node.ViewStmt.options, 'security_invoker'))
    return relationName(node.ViewStmt.view);
  if (!('AlterTableStmt' in node) || node.AlterTableStmt.objtype !== 'OBJECT_VIEW') return undefined;
  const takesItAway = (node.AlterTableStmt.cmds ?? []).some((each) => {
    if (!('AlterTableCmd' in each)) return false;
    const { subtype, def } = each.AlterTableCmd;
    const options = def && 'List' in def ? def.List.items : [];
    const isNamed = options?.some((item) => 'DefElem' in item && item.DefElem.defname === 'security_invoker');
    return isNamed && (subtype === 'AT_ResetRelOptions' || !hasOption(options, 'security_invoker'));
  });
  return takesItAway ? relationName(node.AlterTableStmt.relation) : undefined;
}

const materialized = nodeRule(
  {
    id: 'materialized-view-of-tenants',
    group: 'tenancy',
    severity: 'critical',
    title: 'A materialized view copies rows of tenants',
    why: 'A materialized view cannot have row security: whoever may read it reads the rows of every tenant in one place.',
    rewrite: `-- A tenant table that a job fills, with the whole security block (npm run db:generate writes it):
CREATE TABLE "turnover" ("tenant_id" uuid NOT NULL, "id" uuid NOT NULL, "amount" numeric NOT NULL, CONSTRAINT "turnover_pkey" PRIMARY KEY ("tenant_id", "id"));`,
  },
  function* (node, step) {
    if (!('CreateTableAsStmt' in node) || node.CreateTableAsStmt.objtype !== 'OBJECT_MATVIEW') return;
    const object = spokenName(relationName(node.CreateTableAsStmt.into?.rel));
    const read = tablesReadBy(node.CreateTableAsStmt.query).filter((name) => !name.startsWith('pg_catalog.'));
    const tenants = read.filter((name) => isOfTenants(step, name) || namesTenant(step, name));
    const unknown = read.filter((name) => namesTenant(step, name) === undefined);
    if (tenants.length > 0)
      yield { object, message: `${object} copies ${tenants.map(spokenName).join(', ')} out of row security` };
    else if (unknown.length > 0)
      yield {
        object,
        message: `${object} reads ${unknown.map(spokenName).join(', ')}, which may show rows of tenants`,
      };
  },
);

export const viewRules: readonly StatementRule[] = [invoker, materialized];
