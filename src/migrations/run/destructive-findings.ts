import { loadParser } from '../sql/parser.js';
import type { CriticalFindings } from './options.js';

/** What the linter calls critical. The rules are loaded only now: most runs have nothing pending to judge. */
export const destructiveFindings: CriticalFindings = async (folder) => {
  const [{ lintFolder }, { allRules }] = await Promise.all([
    import('../lint/engine.js'),
    import('../lint/rules/index.js'),
    loadParser(),
  ]);
  return lintFolder(folder, allRules, { now: new Date() }).filter(({ severity }) => severity === 'critical');
};
