import type { Finding, RuleText, Severity } from '../rule.js';
import { countsOf, pageOf, type ReportInput, severities } from './report-input.js';

/** For people: rule by rule, the worst first, each place in a form that editors open, and the way out once per rule. */
export function textReport({ findings, failing, rules, folderName }: ReportInput): string {
  const open = findings.filter(({ accepted }) => accepted === undefined);
  const groups = rules
    .map((rule) => ({ rule, found: open.filter((finding) => finding.rule === rule.id) }))
    .filter(({ found }) => found.length > 0)
    .sort((a, b) => rank(a.found) - rank(b.found));
  const blocks = groups.map(({ rule, found }) => block(rule, found, folderName));
  const accepted = findings.filter((finding) => finding.accepted !== undefined);
  return [...blocks, ...acceptedBlock(accepted, folderName), summary(open, accepted, failing.size)].join(
    '\n\n',
  );
}

const rank = (found: Finding[]) => Math.min(...found.map(({ severity }) => severities.indexOf(severity)));

function block(rule: RuleText, found: Finding[], folderName: string): string {
  const worst = severities[rank(found)] ?? rule.severity;
  return [
    `${worst}: ${rule.title} [${rule.id}]`,
    ...found.map((finding) => `  ${placeOf(finding, folderName)}  ${mark(finding, worst)}${finding.message}`),
    '  Safe:',
    ...rule.rewrite.split('\n').map((line) => `    ${line}`),
    ...wayOut(rule, found),
    `  Why: ${pageOf(rule.id)}`,
  ].join('\n');
}

const mark = ({ severity }: Finding, worst: Severity) => (severity === worst ? '' : `(${severity}) `);

const placeOf = ({ file, position }: Finding, folderName: string) =>
  `${folderName}/${file}:${position.line}:${position.column}`;

/** Only a finding about SQL can be accepted; a broken journal must be mended. */
function wayOut({ id, group }: RuleText, found: Finding[]): string[] {
  const [finding] = found.filter(({ severity }) => severity !== 'warning');
  if (!finding || finding.tag === undefined || group === 'journal' || group === 'directives') return [];
  if (finding.severity === 'critical')
    return [
      '  If it must be, above the statement (and --confirm when it runs):',
      `    -- rowhouse:confirm ${id} ${finding.object ?? '<object>'} reason="..."`,
    ];
  return ['  If it must be, above the statement:', `    -- rowhouse:allow ${id} reason="..."`];
}

function acceptedBlock(accepted: Finding[], folderName: string): string[] {
  if (accepted.length === 0) return [];
  const lines = accepted.map(
    (finding) =>
      `  ${placeOf(finding, folderName)}  [${finding.rule}] ${finding.message} (${finding.accepted})`,
  );
  return [['accepted, with the reason that the file gives:', ...lines].join('\n')];
}

function summary(open: Finding[], accepted: Finding[], failing: number): string {
  const counts = countsOf(open);
  const also = accepted.length > 0 ? `; ${accepted.length} accepted` : '';
  if (!counts) return `The migrations are sound${also}.`;
  return `${counts}${also}. ${failing > 0 ? 'The check fails.' : 'Warnings do not fail the check.'}`;
}
