import type { Finding, RuleText, Severity } from '../rule.js';

export interface ReportInput {
  findings: readonly Finding[];
  /** Those that make the check fail. */
  failing: ReadonlySet<Finding>;
  rules: readonly RuleText[];
  /** Stands before each file: `drizzle`. */
  folderName: string;
}

/** Worst first. */
export const severities: readonly Severity[] = ['critical', 'error', 'warning'];

/** The page of a rule, relative to the project. */
export const pageOf = (rule: string): string => `docs/rules/${rule}.md`;

/** "2 critical, 1 error, 3 warnings", or undefined where there is none. */
export function countsOf(findings: readonly Finding[]): string | undefined {
  const parts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    if (count === 0) return [];
    return [`${count} ${severity}${count > 1 && severity !== 'critical' ? 's' : ''}`];
  });
  return parts.length > 0 ? parts.join(', ') : undefined;
}
