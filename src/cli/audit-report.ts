import {
  type AuditFinding,
  type AuditSeverity,
  auditFindingInWords,
  auditRules,
} from '../tenancy/audit/index.js';

export const textReport = (findings: AuditFinding[]): string =>
  [
    ...findings.map((finding) => `${finding.severity} ${auditFindingInWords(finding)}`),
    verdict(findings),
  ].join('\n');

function verdict(findings: AuditFinding[]): string {
  const count = (severity: AuditSeverity) =>
    findings.filter((finding) => finding.severity === severity).length;
  const [blocking, warnings] = [count('blocking'), count('warning')];
  if (blocking > 0)
    return `Walls are open: ${blocking === 1 ? '1 finding blocks' : `${blocking} findings block`}`;
  if (warnings > 0) return `The walls stand: ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  return 'The walls stand: no findings';
}

export const jsonReport = (findings: AuditFinding[]): string => JSON.stringify(findings, null, 2);

/**
 * SARIF 2.1.0. Objects of a database are logical locations, and what is allowed is a suppressed result. GitHub takes no
 * result without a file: the page that explains the rules stands for it.
 */
export const sarifReport = (findings: AuditFinding[]): string =>
  JSON.stringify(
    {
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'rowhouse-audit', rules: [...RULES.values()] } },
          columnKind: 'unicodeCodePoints',
          results: findings.map(resultOf),
        },
      ],
    },
    null,
    2,
  );

const LEVELS: Record<AuditSeverity, 'error' | 'warning' | 'note'> = {
  blocking: 'error',
  warning: 'warning',
  information: 'note',
};

/** One entry for each id: the blocking half of a rule stands for both. */
const RULES = new Map(
  auditRules
    .toSorted((a, b) => a.id.localeCompare(b.id) || a.severity.localeCompare(b.severity))
    .toReversed()
    .map(({ id, severity, title, why }) => [
      id,
      {
        id,
        shortDescription: { text: `${title}.` },
        fullDescription: { text: why },
        help: { text: `${why} See docs/audit.md.` },
        defaultConfiguration: { level: LEVELS[severity] },
        properties: { tags: ['isolation', 'security'] },
      },
    ]),
);
const RULE_IDS = [...RULES.keys()];

const resultOf = ({ rule, severity, object, message, remedy, allowed }: AuditFinding) => ({
  ruleId: rule,
  ruleIndex: RULE_IDS.indexOf(rule),
  level: LEVELS[severity],
  message: { text: `${message}. To mend it: ${remedy}` },
  locations: [
    {
      physicalLocation: { artifactLocation: { uri: 'docs/audit.md' }, region: { startLine: 1 } },
      logicalLocations: [{ fullyQualifiedName: object, kind: 'resource' }],
    },
  ],
  ...(allowed && {
    suppressions: [{ kind: 'external', justification: `${allowed.reason} (until ${allowed.until})` }],
  }),
});
