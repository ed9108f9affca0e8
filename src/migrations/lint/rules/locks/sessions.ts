import type { Node } from 'libpg-query';
import { nameParts } from '../../../sql/names.js';
import { nodesOf } from '../../../sql/walk.js';
import type { StatementRule, StepContext } from '../../rule.js';
import { textOf } from '../expression.js';
import { executedIn, nodeRule } from '../node-rule.js';

/** SET, RESET or set_config(). */
interface Setting {
  name: string;
  /** undefined: back to the default. */
  value: string | undefined;
  isLocal: boolean;
}

function settingsOf(node: Node): Setting[] {
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

const timeouts = new Set([
  'lock_timeout',
  'statement_timeout',
  'idle_in_transaction_session_timeout',
  'transaction_timeout',
]);

const timeoutOff = nodeRule(
  {
    id: 'timeout-off',
    group: 'locks',
    severity: 'error',
    title: 'A time-out is turned off',
    why: 'The migrator gives up after two seconds of waiting for a lock and tries again, so that nobody queues behind it. Without that a step waits for the longest transaction, and every query on the table waits behind the step. The default of the server is no time-out at all, so RESET turns it off as well.',
    rewrite: `-- A longer one, where a step needs it:
SET LOCAL statement_timeout = '15min';`,
  },
  function* (node) {
    for (const { name, value } of settingsOf(node)) {
      const isOff = value === undefined || /^-?0+\s*(us|ms|s|min|h|d)?$/.test(value.trim());
      if ((timeouts.has(name) || name === '*') && isOff)
        yield {
          object: name,
          message: name === '*' ? 'RESET ALL turns every time-out off' : `${name} is turned off`,
        };
    }
  },
);

const withoutLocal = nodeRule(
  {
    id: 'set-without-local',
    group: 'locks',
    severity: 'error',
    title: 'SET without LOCAL outlives the step',
    why: 'The setting stays in the session after the step: the steps after it run under it too, and nobody reading them can see that. A step without a transaction may SET, and must RESET.',
    rewrite: `SET LOCAL work_mem = '256MB';`,
  },
  function* (node, step, { index }) {
    for (const { name, value, isLocal } of settingsOf(node)) {
      if (value === undefined || isLocal || isResetLater(step, name, index)) continue;
      yield { object: name, message: `${name} stays ${value ? `'${value}'` : 'as set'} after the step` };
    }
  },
);

const isResetLater = (step: StepContext, name: string, index: number) =>
  !step.isTransactional &&
  executedIn(step).some(
    ({ node, statement }) =>
      statement.index > index &&
      settingsOf(node).some((each) => each.value === undefined && [name, '*'].includes(each.name)),
  );

export const sessionRules: readonly StatementRule[] = [timeoutOff, withoutLocal];
