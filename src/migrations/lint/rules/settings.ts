import type { Node } from 'libpg-query';
import { nameParts } from '../../sql/names.js';
import { nodesOf } from '../../sql/walk.js';
import { textOf } from './expression.js';

/** SET, RESET or set_config(). */
interface Setting {
  name: string;
  /** undefined: back to the default. */
  value: string | undefined;
  isLocal: boolean;
}

/** What a statement sets. */
export function settingsOf(node: Node): Setting[] {
  if ('VariableSetStmt' in node) {
    const { kind, name = '', args = [], is_local } = node.VariableSetStmt;
    if (kind === 'VAR_SET_VALUE')
      return [{ name, value: args.map(valueOf).join(', '), isLocal: is_local === true }];
    const isBack = kind === 'VAR_RESET' || kind === 'VAR_SET_DEFAULT' || kind === 'VAR_RESET_ALL';
    return isBack
      ? [{ name: kind === 'VAR_RESET_ALL' ? '*' : name, value: undefined, isLocal: is_local === true }]
      : [];
  }
  if (!('SelectStmt' in node)) return [];
  return [...nodesOf(node, 'FuncCall')].flatMap(({ funcname, args = [] }) => {
    const [name, value, isLocal] = args;
    if (nameParts(funcname).at(-1) !== 'set_config' || !name || !value) return [];
    const local = isLocal && 'A_Const' in isLocal && isLocal.A_Const.boolval?.boolval === true;
    return [{ name: textOf(name) ?? '', value: textOf(value) ?? '', isLocal: local === true }];
  });
}

const valueOf = (node: Node): string => {
  if (!('A_Const' in node)) return '';
  if (node.A_Const.sval) return node.A_Const.sval.sval ?? '';
  return node.A_Const.ival ? String(node.A_Const.ival.ival ?? 0) : (node.A_Const.fval?.fval ?? '');
};
