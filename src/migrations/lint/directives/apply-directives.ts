import type { Directive } from '../../sql/directive.js';
import type { Finding, Rule, StepContext } from '../rule.js';
import { directiveProblems } from './directive-problems.js';

/**
 * Marks what an `allow` or `confirm` covers as accepted, and adds what is wrong with the directives themselves. They
 * speak of the statement below; those above the first one also of findings about the step as a whole.
 */
export function applyDirectives(
  step: StepContext,
  findings: Finding[],
  rules: readonly Rule[],
  now: Date,
): Finding[] {
  const today = now.toISOString().slice(0, 10);
  const used = new Set<Directive>();
  const covered = findings.map((finding): Finding => {
    const statement = step.sql.statements[(finding.statement ?? 1) - 1];
    const directive = statement?.directives.find((each) => covers(each, finding, today));
    if (!directive) return finding;
    used.add(directive);
    return { ...finding, accepted: directive.options['reason'] ?? '' };
  });
  return [...covered, ...directiveProblems(step, covered, { used, rules, today })];
}

/** What is critical takes a `confirm` that names the object; an `allow` never silences it. */
function covers({ name, words, options }: Directive, finding: Finding, today: string): boolean {
  if (words[0] !== finding.rule || !options['reason']?.trim()) return false;
  if (finding.severity === 'critical')
    return name === 'confirm' && isSameObject(words.slice(1).join(' '), finding.object);
  return name === 'allow' && (options['until'] ?? today) >= today;
}

/** `public.` and quotes may be left out. */
const isSameObject = (written: string, object = '') => plain(written) === plain(object);
const plain = (name: string) => name.replaceAll('"', '').replace(/^public\./, '');
