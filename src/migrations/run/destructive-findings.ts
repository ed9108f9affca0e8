import { loadParser } from '../sql/parser.js';
import type { CriticalFindings } from './options.js';

/**
 * What the linter calls critical. The rules are loaded only now: most runs have nothing pending to judge. Steps up to
 * `startAfter` were merged before there was a key for the file, so that one counts as given; the one at run time does not.
 */
export const destructiveFindings: CriticalFindings = async (folder) => {
  const [{ lintFolder }, { allRules }] = await Promise.all([
    import('../lint/engine.js'),
    import('../lint/rules/index.js'),
    loadParser(),
  ]);
  const { startAfter, ...settings } = folder.settings;
  const tags = (folder.journal ?? []).map(({ tag }) => tag);
  const early = new Set(tags.slice(0, startAfter === undefined ? 0 : tags.lastIndexOf(startAfter) + 1));
  return lintFolder({ ...folder, settings }, allRules, { now: new Date() })
    .filter(({ severity }) => severity === 'critical')
    .map((finding) =>
      early.has(finding.tag ?? '') ? { ...finding, accepted: `no later than ${startAfter}` } : finding,
    );
};
