import { spokenName } from '../../../sql/names.js';
import type { Rule, Severity, StatementRule, StepContext, StepRule } from '../../rule.js';
import { dropsTable } from '../destructive/dropped.js';
import { executedIn, nodeRule, tableChanges } from '../node-rule.js';
import { grantsOf } from './grants.js';
import { app, isFloor, isOwnRowsPolicy, policyOf } from './policy.js';
import { createdTables, isCreatedForTenants } from './step-tables.js';

const block = `-- What npm run db:generate writes for a new tenant table:
ALTER TABLE "quotes" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "quotes" FORCE ROW LEVEL SECURITY;
CREATE POLICY "quotes_floor" ON "quotes" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
CREATE POLICY "quotes_tenant" ON "quotes" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "note") ON "quotes" TO rowhouse_app;`;

/** What each new tenant table must get in its own step. */
const missingParts = (step: StepContext, table: string): string[] => {
  const nodes = executedIn(step).map(({ node }) => node);
  const changes = nodes.flatMap(tableChanges).filter((change) => change.table === table);
  const policies = nodes.flatMap((node) => policyOf(node) ?? []).filter((policy) => policy.table === table);
  const isLast = (on: string, off: string) =>
    changes.findLast(({ subtype }) => subtype === on || subtype === off)?.subtype === on;
  const parts = {
    'ENABLE ROW LEVEL SECURITY': isLast('AT_EnableRowSecurity', 'AT_DisableRowSecurity'),
    'FORCE ROW LEVEL SECURITY': isLast('AT_ForceRowSecurity', 'AT_NoForceRowSecurity'),
    'the RESTRICTIVE floor': policies.some((policy) => isFloor(policy)),
    'the PERMISSIVE policy for own rows': policies.some(isOwnRowsPolicy),
  };
  return Object.entries(parts).flatMap(([part, isThere]) => (isThere ? [] : part));
};

const tenantTableWithoutWall: StepRule = {
  id: 'tenant-table-without-wall',
  group: 'tenancy',
  severity: 'critical',
  title: 'A new tenant table lacks a part of the security block',
  why: 'Until every part is there, any tenant reads the rows of all, or nobody reads any. Between two steps a release may run, and a step may be the last one for a week.',
  rewrite: block,
  *checkStep(step) {
    for (const table of createdTables(step)) {
      const object = spokenName(table.name);
      const isGranted = grantsTo(step, table.name, app) || grantsTo(step, table.name, 'public');
      const isWalled = isCreatedForTenants(table) || (isGranted && table.columns.has('tenant_id'));
      if (!isWalled) continue;
      const missing = missingParts(step, table.name);
      if (missing.length > 0)
        yield {
          object,
          statement: table.statement,
          message: `${object} holds rows of tenants, and this step lacks ${missing.join(', ')}`,
        };
      else if (!isGranted)
        yield {
          object,
          statement: table.statement,
          severity: 'warning',
          message: `${object} is walled, but nothing of it is granted to ${app}`,
        };
    }
  },
};

const grantsTo = (step: StepContext, table: string, role: string) =>
  executedIn(step).some(({ node }) =>
    grantsOf(node).some((grant) => grant.tables.includes(table) && grant.roles.includes(role)),
  );

/** What is lifted and restored in one transaction was never open to anybody else. */
const wallRule = (id: string, off: string, on: string, words: string, why: string): StatementRule =>
  nodeRule(
    {
      id,
      group: 'tenancy',
      severity: 'critical',
      title: `${words} is taken from a table`,
      why,
      rewrite: rewrites[id] ?? block,
    },
    function* (node, step, statement) {
      for (const { table, subtype } of tableChanges(node)) {
        if (subtype !== off || dropsTable(step, table)) continue;
        const isRestored =
          step.isTransactional &&
          step.sql.statements
            .filter(({ index }) => index >= statement.index)
            .flatMap((each) => tableChanges(each.node))
            .findLast((change) => change.table === table && (change.subtype === on || change.subtype === off))
            ?.subtype === on;
        const severity: Severity = isRestored ? 'warning' : 'critical';
        const until = isRestored ? ' until later in the step' : '';
        yield { object: spokenName(table), severity, message: `${spokenName(table)} loses ${words}${until}` };
      }
    },
  );

const rewrites: Partial<Record<string, string>> = {
  'rls-disabled': `-- Row security stays on. What must see all rows runs as the migrator, or on the control plane:
CREATE POLICY "quotes_control" ON "quotes" AS PERMISSIVE FOR SELECT TO rowhouse_control USING (true);`,
  'force-removed': `-- Where the migrator may not bypass row security, lift FORCE and restore it in one transaction:
ALTER TABLE "quotes" NO FORCE ROW LEVEL SECURITY;
UPDATE "quotes" SET "currency" = 'EUR' WHERE "currency" IS NULL;
ALTER TABLE "quotes" FORCE ROW LEVEL SECURITY;`,
};

export const wallRules: readonly Rule[] = [
  wallRule(
    'rls-disabled',
    'AT_DisableRowSecurity',
    'AT_EnableRowSecurity',
    'ROW LEVEL SECURITY',
    'Without it policies are only text: every tenant reads and writes the rows of all. drizzle-kit writes this by itself when the last pgPolicy leaves the schema.',
  ),
  wallRule(
    'force-removed',
    'AT_NoForceRowSecurity',
    'AT_ForceRowSecurity',
    'FORCE ROW LEVEL SECURITY',
    'Without FORCE the policies do not bind the owner of the table, so that a view or a SECURITY DEFINER function of the owner shows the rows of every tenant.',
  ),
  tenantTableWithoutWall,
];
