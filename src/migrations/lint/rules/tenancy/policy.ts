import type { Node } from 'libpg-query';
import { nameParts, relationName } from '../../../sql/names.js';
import { columnOf, isAlwaysTrue } from '../expression.js';

/** The login whose rows the policies fence. */
export const app = 'rowhouse_app';
/** The login of the control plane; it reads across tenants on purpose. */
const control = 'rowhouse_control';

/** A policy as CREATE or ALTER POLICY writes it. */
export interface Policy {
  name: string;
  /** `schema.table` */
  table: string;
  /** `public` for PUBLIC; undefined: ALTER POLICY leaves them as they are. */
  roles: string[] | undefined;
  /** undefined: ALTER POLICY cannot change it. */
  isPermissive: boolean | undefined;
  /** `all`, `select`, `insert`, `update`, `delete`; undefined with ALTER POLICY. */
  command: string | undefined;
  using: Node | undefined;
  check: Node | undefined;
}

export function policyOf(node: Node): Policy | undefined {
  if ('CreatePolicyStmt' in node) {
    const {
      policy_name: name = '',
      table,
      cmd_name,
      permissive,
      roles,
      qual,
      with_check,
    } = node.CreatePolicyStmt;
    return {
      name,
      table: relationName(table),
      roles: roleNames(roles),
      isPermissive: permissive === true,
      command: cmd_name ?? 'all',
      using: qual,
      check: with_check,
    };
  }
  if (!('AlterPolicyStmt' in node)) return undefined;
  const { policy_name: name = '', table, roles, qual, with_check } = node.AlterPolicyStmt;
  return {
    name,
    table: relationName(table),
    roles: roles && roleNames(roles),
    isPermissive: undefined,
    command: undefined,
    using: qual,
    check: with_check,
  };
}

export const roleNames = (roles: Node[] | undefined): string[] =>
  (roles ?? []).flatMap((role) => {
    if (!('RoleSpec' in role)) return [];
    return role.RoleSpec.roletype === 'ROLESPEC_PUBLIC'
      ? 'public'
      : (role.RoleSpec.rolename ?? 'current_user');
  });

/** Whether someone besides the control plane is let in by it. */
export const isForOthers = ({ roles }: Policy): boolean => roles?.some((role) => role !== control) ?? true;

/** The roles that the floor for `rowhouse_app` does not fence. */
export const unfencedRoles = ({ roles }: Policy): string[] =>
  (roles ?? []).filter((role) => role !== app && role !== control);

/**
 * The floor: RESTRICTIVE, for every command of `rowhouse_app` (or of these roles), own rows only. WITH CHECK defaults to
 * USING.
 */
export const isFloor = (policy: Policy, roles: string[] = [app]): boolean =>
  policy.isPermissive === false &&
  policy.command === 'all' &&
  roles.every((role) => policy.roles?.some((named) => named === role || named === 'public')) &&
  expressionsOf(policy).every(isOwnRows) &&
  policy.using !== undefined;

/** The permissive policy that lets `rowhouse_app` at its own rows, and at no others. */
export const isOwnRowsPolicy = (policy: Policy): boolean =>
  policy.isPermissive === true &&
  (policy.roles ?? []).includes(app) &&
  expressionsOf(policy).length > 0 &&
  expressionsOf(policy).every(isOwnRows);

export const expressionsOf = ({ using, check }: Policy): Node[] =>
  [using, check].filter((each) => each !== undefined);

/** Whether it lets everything through: `USING (true)`; a permissive policy without a condition lets nothing. */
export const permitsAll = (policy: Policy): boolean => expressionsOf(policy).some(isAlwaysTrue);

/** Whether it holds only for rows with `tenant_id = current_tenant_id()`, in every branch. */
export function isOwnRows(node: Node): boolean {
  if ('BoolExpr' in node) {
    const { boolop, args = [] } = node.BoolExpr;
    if (boolop === 'AND_EXPR') return args.some(isOwnRows);
    return boolop === 'OR_EXPR' && args.every(isOwnRows);
  }
  if (!('A_Expr' in node) || node.A_Expr.kind !== 'AEXPR_OP' || nameParts(node.A_Expr.name).at(-1) !== '=')
    return false;
  const sides = [node.A_Expr.lexpr, node.A_Expr.rexpr];
  return sides.some((side) => columnOf(side) === 'tenant_id') && sides.some(isCurrentTenant);
}

/** An OR with one branch of own rows: it was meant to fence, and leaves a door open. */
export function hasOpenBranch(node: Node): boolean {
  if (!('BoolExpr' in node) || isOwnRows(node)) return false;
  const { boolop, args = [] } = node.BoolExpr;
  return (boolop === 'OR_EXPR' && args.some(isOwnRows)) || args.some(hasOpenBranch);
}

function isCurrentTenant(node: Node | undefined): boolean {
  if (!node) return false;
  if ('FuncCall' in node) return nameParts(node.FuncCall.funcname).at(-1) === 'current_tenant_id';
  // (SELECT current_tenant_id()) is slower here, and as tight.
  if (!('SubLink' in node) || node.SubLink.subLinkType !== 'EXPR_SUBLINK') return false;
  const select = node.SubLink.subselect;
  if (!select || !('SelectStmt' in select) || select.SelectStmt.fromClause) return false;
  const [target] = select.SelectStmt.targetList ?? [];
  return target !== undefined && 'ResTarget' in target && isCurrentTenant(target.ResTarget.val);
}
