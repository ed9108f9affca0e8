import { pageOf, type ReportInput } from './report-input.js';

/** For programs: `{ ok, findings: [...] }`, each finding with the rule's page and whether it makes the check fail. */
export const jsonReport = ({ findings, failing, folderName }: ReportInput): string =>
  JSON.stringify(
    {
      ok: failing.size === 0,
      findings: findings.map((finding) => ({
        ...finding,
        file: `${folderName}/${finding.file}`,
        fails: failing.has(finding),
        page: pageOf(finding.rule),
      })),
    },
    undefined,
    2,
  );
