import { nameParts, spokenName } from '../../../sql/names.js';
import type { StatementRule, StepContext } from '../../rule.js';
import { dropsTable } from '../destructive/dropped.js';
import { executedIn, nodeRule } from '../node-rule.js';
import {
  type Policy,
  app,
  expressionsOf,
  hasOpenBranch,
  isFloor,
  isForOthers,
  isOwnRows,
  permitsAll,
  policyOf,
  unfencedRoles,
} from './policy.js';

const ownRows = `CREATE POLICY "quotes_tenant" ON "quotes" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());`;

const objectOf = ({ table, name }: Policy) => `${spokenName(table)}.${name}`;

/** A RESTRICTIVE policy can only narrow; ALTER POLICY does not say which kind it meets. */
const canWiden = (policy: Policy) =>
  policy.isPermissive !== false && isForOthers(policy) && expressionsOf(policy).length > 0;

const permitsAllRule = nodeRule(
  {
    id: 'policy-permits-all',
    group: 'tenancy',
    severity: 'critical',
    title: 'A policy permits every row',
    why: 'Permissive policies add up: one that is true for every row makes all others pointless, and what then holds is the floor alone. Of a policy for PUBLIC not even that, since the floor speaks to rowhouse_app.',
    rewrite: ownRows,
  },
  function* (node) {
    const policy = policyOf(node);
    if (!policy || !canWiden(policy) || !permitsAll(policy)) return;
    const roles = policy.roles?.join(', ') ?? 'its roles';
    yield {
      object: objectOf(policy),
      message: `${policy.name} shows ${roles} every row of ${spokenName(policy.table)}`,
    };
  },
);

const withoutTenant = nodeRule(
  {
    id: 'policy-without-tenant',
    group: 'tenancy',
    severity: 'critical',
    title: 'A policy does not compare tenant_id with current_tenant_id()',
    why: 'Only current_tenant_id() raises when no tenant was set: with anything else a forgotten context, or a value that a user can choose, decides whose rows are seen.',
    rewrite: `-- A further condition goes beside the tenant's, with AND:
CREATE POLICY "quotes_open" ON "quotes" AS PERMISSIVE FOR SELECT TO rowhouse_app USING (tenant_id = current_tenant_id() AND status = 'open');`,
  },
  function* (node) {
    const policy = policyOf(node);
    if (!policy || !canWiden(policy) || permitsAll(policy)) return;
    const loose = expressionsOf(policy).filter((each) => !isOwnRows(each) && !hasOpenBranch(each));
    if (loose.length === 0) return;
    const clause = loose.includes(policy.using as never) ? 'USING' : 'WITH CHECK';
    yield {
      object: objectOf(policy),
      message: `${clause} of ${policy.name} holds for rows of other tenants: it does not demand tenant_id = current_tenant_id()`,
    };
  },
);

const widens = nodeRule(
  {
    id: 'policy-widens',
    group: 'tenancy',
    severity: 'critical',
    title: 'A policy opens a way past the floor',
    why: 'The floor fences rowhouse_app. A policy for another role is not fenced by it, and a branch behind OR holds for rows of other tenants as soon as the floor changes.',
    rewrite: `-- The same floor for the other role, in the same step; and no OR around the tenant:
CREATE POLICY "quotes_reports_floor" ON "quotes" AS RESTRICTIVE FOR ALL TO rowhouse_reports USING (tenant_id = current_tenant_id());
CREATE POLICY "quotes_reports" ON "quotes" AS PERMISSIVE FOR SELECT TO rowhouse_reports USING (tenant_id = current_tenant_id());`,
  },
  function* (node, step) {
    const policy = policyOf(node);
    if (!policy) return;
    const object = objectOf(policy);
    if (
      policy.isPermissive === undefined &&
      policy.roles &&
      policy.name.endsWith('_floor') &&
      !policy.roles.some(isFenced)
    )
      yield { object, message: `${policy.name} no longer fences ${app}` };
    if (policy.isPermissive === false) return;
    if (expressionsOf(policy).some(hasOpenBranch) && isForOthers(policy) && !permitsAll(policy))
      yield { object, message: `A branch of ${policy.name} holds without tenant_id = current_tenant_id()` };
    const roles = unfencedRoles(policy).filter((role) => !hasFloor(step, policy.table, role));
    if (roles.length > 0)
      yield {
        object,
        message: `${policy.name} lets in ${roles.join(', ')}, and no floor in this step fences that role`,
      };
  },
);

const isFenced = (role: string) => role === app || role === 'public';

const hasFloor = (step: StepContext, table: string, role: string) =>
  executedIn(step).some(({ node }) => {
    const policy = policyOf(node);
    return policy?.table === table && isFloor(policy, [role]);
  });

const policyDropped = nodeRule(
  {
    id: 'policy-dropped',
    group: 'tenancy',
    severity: 'critical',
    title: 'A policy is dropped without its successor',
    why: 'A dropped floor opens every other policy, a dropped permissive one hides all rows: the service then answers empty lists, or rows of others, and neither is an error. Its successor in the same step leaves no moment between.',
    rewrite: `DROP POLICY "quotes_floor" ON "quotes";
CREATE POLICY "quotes_floor" ON "quotes" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());`,
  },
  function* (node, step) {
    if (!('DropStmt' in node) || node.DropStmt.removeType !== 'OBJECT_POLICY') return;
    for (const each of node.DropStmt.objects ?? []) {
      const parts = nameParts(each);
      const name = parts.at(-1) ?? '';
      const table = parts.length > 2 ? `${parts[0]}.${parts[1]}` : `public.${parts[0]}`;
      if (step.shortLived.has(`policy ${table}.${name}`) || dropsTable(step, table)) continue;
      if (hasSuccessor(step, table, name)) continue;
      yield {
        object: `${spokenName(table)}.${name}`,
        message: `${name} is dropped, and nothing in this step takes its place`,
      };
    }
  },
);

/** Same name, or one more policy than are dropped; a floor only follows a floor, and not in steps that may stop between. */
function hasSuccessor(step: StepContext, table: string, name: string): boolean {
  if (!step.isTransactional) return false;
  const created = executedIn(step).flatMap(({ node }) =>
    'CreatePolicyStmt' in node ? (policyOf(node) ?? []) : [],
  );
  const candidates = created.filter((policy) => policy.table === table);
  const named = candidates.find((policy) => policy.name === name);
  const successors = named ? [named] : candidates.filter((policy) => !isDropped(step, table, policy.name));
  return successors.some((policy) =>
    name.endsWith('_floor') ? isFloor(policy) : isForOthers(policy) || named !== undefined,
  );
}

const isDropped = (step: StepContext, table: string, name: string) =>
  executedIn(step).some(
    ({ node }) =>
      'DropStmt' in node &&
      node.DropStmt.removeType === 'OBJECT_POLICY' &&
      (node.DropStmt.objects ?? []).some((each) => {
        const parts = nameParts(each);
        return parts.at(-1) === name && parts.at(-2) === table.split('.')[1];
      }),
  );

export const policyRules: readonly StatementRule[] = [permitsAllRule, withoutTenant, widens, policyDropped];
