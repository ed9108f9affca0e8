import type { Node } from 'libpg-query';
import { nameParts } from '../../sql/names.js';

/** `true`, `1 = 1`, `NOT false`, and what AND and OR make of them. */
export function isAlwaysTrue(node: Node): boolean {
  if ('A_Const' in node) return node.A_Const.boolval?.boolval === true;
  if ('TypeCast' in node)
    return (
      node.TypeCast.arg !== undefined &&
      (isAlwaysTrue(node.TypeCast.arg) || textOf(node.TypeCast.arg) === 't')
    );
  if ('BoolExpr' in node) {
    const { boolop, args = [] } = node.BoolExpr;
    if (boolop === 'AND_EXPR') return args.every(isAlwaysTrue);
    if (boolop === 'OR_EXPR') return args.some(isAlwaysTrue);
    return args.every((arg) => 'A_Const' in arg && arg.A_Const.boolval?.boolval !== true && !textOf(arg));
  }
  if ('A_Expr' in node) {
    const { name, lexpr, rexpr } = node.A_Expr;
    if (nameParts(name)[0] !== '=' || !lexpr || !rexpr) return false;
    return isConstant(lexpr) && isConstant(rexpr) && withoutPlaces(lexpr) === withoutPlaces(rexpr);
  }
  return false;
}

/** The text of a string constant. */
export const textOf = (node: Node | undefined): string | undefined =>
  node && 'A_Const' in node ? node.A_Const.sval?.sval : undefined;

/** `tenant_id` of `quotes.tenant_id`; undefined: not a column. */
export const columnOf = (node: Node | undefined): string | undefined =>
  node && 'ColumnRef' in node ? nameParts(node.ColumnRef.fields).at(-1) : undefined;

const isConstant = (node: Node) => 'A_Const' in node;

const withoutPlaces = (node: Node) =>
  JSON.stringify(node, (key, value: unknown) => (key === 'location' ? undefined : value));
