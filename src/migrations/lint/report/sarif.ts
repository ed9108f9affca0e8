import type { Finding, RuleText, Severity } from '../rule.js';
import { pageOf, type ReportInput } from './report-input.js';

/**
 * SARIF 2.1.0 (OASIS standard of 2020-03-27), as code scanners read it. All rules are described, whether they found
 * something or not; what a directive accepts is a suppressed result with its reason.
 */
export const sarifReport = ({ findings, rules, folderName }: ReportInput): string =>
  JSON.stringify(
    {
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'rowhouse', rules: rules.map(describe) } },
          columnKind: 'unicodeCodePoints',
          results: findings.map((finding) => result(finding, rules, folderName)),
        },
      ],
    },
    undefined,
    2,
  );

const levels: Record<Severity, 'error' | 'warning'> = {
  critical: 'error',
  error: 'error',
  warning: 'warning',
};

const describe = ({ id, group, severity, title, why, rewrite }: RuleText) => ({
  id,
  shortDescription: { text: `${title}.` },
  fullDescription: { text: why },
  help: { text: `${why}\n\nSafe:\n\n${rewrite}\n\nPage: ${pageOf(id)}` },
  defaultConfiguration: { level: levels[severity] },
  properties: { tags: ['migrations', group], severity },
});

function result(finding: Finding, rules: readonly RuleText[], folderName: string) {
  const { rule, severity, message, file, position, accepted, tag, statement, object } = finding;
  const region = { startLine: position.line, startColumn: position.column };
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: levels[severity],
    message: { text: message },
    locations: [
      { physicalLocation: { artifactLocation: { uri: encodeURI(`${folderName}/${file}`) }, region } },
    ],
    ...(accepted !== undefined && { suppressions: [{ kind: 'inSource', justification: accepted }] }),
    properties: { severity, tag, statement, object },
  };
}
