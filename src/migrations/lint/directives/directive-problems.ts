import type { Directive } from '../../sql/directive.js';
import { directiveNames } from '../../sql/directive.js';
import { nearest } from '../nearest.js';
import type { Finding, Rule, RuleText, StepContext } from '../rule.js';
import { directiveTexts } from './directive-texts.js';
import { shapeProblem } from './directive-shape.js';

interface Run {
  /** Those that cover a finding. */
  used: ReadonlySet<Directive>;
  rules: readonly Rule[];
  /** As YYYY-MM-DD, UTC. */
  today: string;
}

/** At most one finding for each directive: the first thing to mend. */
export const directiveProblems = (step: StepContext, findings: Finding[], run: Run): Finding[] =>
  step.sql.directives.flatMap((directive) => {
    const problem = problemOf(directive, step, findings, run);
    if (!problem) return [];
    const [rule, message] = problem;
    const { id, severity } = rule;
    return [
      { rule: id, severity, file: step.file.name, tag: step.tag, position: directive.position, message },
    ];
  });

type Problem = [RuleText, string];

function problemOf(
  directive: Directive,
  step: StepContext,
  findings: Finding[],
  run: Run,
): Problem | undefined {
  const { name, options } = directive;
  if (!directiveNames.some((known) => known === name))
    return [directiveTexts.unknown, `"${name}" is none of ${directiveNames.join(', ')}`];
  const shape = shapeProblem(directive, step);
  if (shape) return [directiveTexts.malformed, shape];
  const isException = name === 'allow' || name === 'confirm';
  if ((isException || name === 'irreversible') && !options['reason']?.trim())
    return [directiveTexts.reason, `"${name}" says no reason="..."`];
  return isException ? exceptionProblem(directive, step, findings, run) : undefined;
}

function exceptionProblem(
  directive: Directive,
  step: StepContext,
  findings: Finding[],
  run: Run,
): Problem | undefined {
  const { name, words, options } = directive;
  const [id = '', ...object] = words;
  const ids = run.rules.map((rule) => rule.id);
  if (!ids.includes(id)) {
    const similar = nearest(id, ids);
    return [directiveTexts.rule, `There is no rule "${id}"${similar ? `; is it ${similar}?` : ''}`];
  }
  const { until } = options;
  if (until !== undefined && !isDate(until))
    return [directiveTexts.until, `"${until}" is no date; write until=YYYY-MM-DD`];
  if (until !== undefined && until < run.today)
    return [directiveTexts.until, `The exception for ${id} ended on ${until}`];
  if (run.used.has(directive)) return undefined;
  const about = findings.filter((finding) => finding.rule === id && isAbout(directive, finding, step));
  const critical = about.find(({ severity }) => severity === 'critical');
  const milder = about.find(({ severity }) => severity !== 'critical');
  if (name === 'allow' && critical)
    return [
      directiveTexts.wrongKey,
      `${id} destroys and is never allowed; write: -- rowhouse:confirm ${id} ${critical.object ?? '<object>'} reason="..."`,
    ];
  if (name === 'confirm' && milder)
    return [
      directiveTexts.wrongKey,
      `${id} is ${milder.severity === 'error' ? 'an error' : 'a warning'} here and destroys nothing; write: -- rowhouse:allow ${id} reason="..."`,
    ];
  if (name === 'confirm' && critical && !critical.accepted)
    return [
      directiveTexts.unused,
      `The statement below is about ${critical.object ?? 'something else'}, not about ${object.join(' ') || 'nothing'}`,
    ];
  return [directiveTexts.unused, `The statement below breaks no rule "${id}"`];
}

const isAbout = (directive: Directive, { statement = 1 }: Finding, { sql }: StepContext) =>
  sql.statements[statement - 1]?.directives.includes(directive) ?? false;

const isDate = (text: string) =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text);
