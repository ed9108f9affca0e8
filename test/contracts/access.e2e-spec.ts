import { describeAccess } from '../support/access.js';
import { CONTRACTS_RECIPES } from '../support/recipes/contracts.js';

const DECISIONS = /\/(approve|reject|deprecate)$/;

/** The rule: whoever looks reads, whoever decides approves, all else writes. */
const scopeOf = (operation: string) => {
  if (operation.startsWith('get ')) return 'contracts:read';
  return DECISIONS.test(operation) ? 'contracts:approve' : 'contracts:write';
};

describeAccess({
  feature: 'contracts',
  operations: Object.keys(CONTRACTS_RECIPES),
  scopeOf,
  list: '/v1/services',
});
