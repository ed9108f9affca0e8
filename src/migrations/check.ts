import type { FolderContent } from './folder/folder-content.js';
import type { Finding, FolderOptions } from './lint/rule.js';

/** What a check of the folder found. */
export interface CheckResult {
  folder: FolderContent;
  /** All, also what is accepted, by file and place. */
  findings: Finding[];
  /** Those that stop: critical or an error, and not accepted by a directive. */
  failing: Finding[];
}

/**
 * Checks a migrations folder without a database: journal, sums, snapshots, and every rule over every step after
 * `lint.json`'s `startAfter`. Loads the rules and the parser only now: the server asks this room too, and needs neither.
 * @throws MigrationError (USAGE) when there is no such folder, or its lint.json cannot be used.
 */
export async function checkFolder(path: string, options: Partial<FolderOptions> = {}): Promise<CheckResult> {
  const [{ readFolder }, { lintFolder }, { allRules }, { loadParser }] = await Promise.all([
    import('./folder/read-folder.js'),
    import('./lint/engine.js'),
    import('./lint/rules/index.js'),
    import('./sql/parser.js'),
  ]);
  const [folder] = await Promise.all([readFolder(path), loadParser()]);
  const findings = lintFolder(folder, allRules, { now: new Date(), ...options });
  return { folder, findings, failing: findings.filter(isFailing) };
}

const isFailing = ({ severity, accepted }: Finding) => severity !== 'warning' && accepted === undefined;

export type ReportFormat = 'text' | 'json' | 'sarif';

/** The findings for people, for programs, or for a code scanner (SARIF 2.1.0). `folderName` stands before each file. */
export async function checkReport(
  { findings, failing }: Pick<CheckResult, 'findings' | 'failing'>,
  format: ReportFormat,
  folderName: string,
): Promise<string> {
  const [{ allRuleTexts }, { textReport }, { jsonReport }, { sarifReport }] = await Promise.all([
    import('./lint/rules/index.js'),
    import('./lint/report/text.js'),
    import('./lint/report/json.js'),
    import('./lint/report/sarif.js'),
  ]);
  const input = { findings, failing: new Set(failing), rules: allRuleTexts, folderName };
  if (format === 'json') return jsonReport(input);
  return format === 'sarif' ? sarifReport(input) : textReport(input);
}

/** The pages of `docs/rules/`: file name to text. */
export async function rulePages(): Promise<Map<string, string>> {
  const [{ allRules, allRuleTexts }, { allFixtures }, { pagesOf }] = await Promise.all([
    import('./lint/rules/index.js'),
    import('./lint/rules/fixtures.js'),
    import('./lint/report/pages.js'),
  ]);
  return pagesOf(allRuleTexts, allRules, allFixtures);
}
