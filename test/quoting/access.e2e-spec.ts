import { describeAccess } from '../support/access.js';
import { CATALOGUE_RECIPES } from '../support/recipes/catalogue.js';
import { QUOTES_RECIPES } from '../support/recipes/quotes.js';

const AREAS: Record<string, string> = {
  customers: 'customers',
  projects: 'projects',
  'service-categories': 'rate-cards',
  'rate-cards': 'rate-cards',
  'tax-rates': 'rate-cards',
  quotes: 'quotes',
  approvals: 'quotes',
};
/** Of approval; accepting and rejecting a quote is the customer's decision, which somebody notes. */
const DECISIONS = /(\/quotes\/{id}\/(approve|reject-approval)|\/approvals\/{id}\/(approve|reject))$/;

/** The rule: whoever looks reads, whoever decides on approval approves, all else writes; each area has scopes of its own. */
const scopeOf = (operation: string) => {
  const [method = '', path = ''] = operation.split(' ');
  const area = AREAS[path.split('/')[2]!]!;
  if (method === 'get') return `${area}:read`;
  return DECISIONS.test(operation) ? `${area}:approve` : `${area}:write`;
};

describeAccess({
  feature: 'quoting',
  operations: Object.keys({ ...CATALOGUE_RECIPES, ...QUOTES_RECIPES }),
  scopeOf,
  beside: ['quotes:override-price'],
  list: '/v1/customers',
});
