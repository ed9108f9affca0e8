import type { StatementRule, StepContext } from '../../rule.js';
import { settingsOf } from '../settings.js';
import { executedIn, nodeRule } from '../node-rule.js';

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
