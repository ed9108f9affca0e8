import { describeAccess } from '../support/access.js';
import { GITHUB_RECIPES } from '../support/recipes/github.js';

/** The rule: whoever looks reads, all else writes; a GET that connects is GitHub's way to come back. */
const scopeOf = (operation: string) =>
  operation.startsWith('get ') && operation !== 'get /v1/github/setup' ? 'github:read' : 'github:write';

describeAccess({
  feature: 'github',
  operations: Object.keys(GITHUB_RECIPES).filter((operation) => !operation.includes('/v1/admin/')),
  scopeOf,
  list: '/v1/github/installations',
});
