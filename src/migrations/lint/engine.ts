import { spokenName } from '../sql/names.js';
import type { FolderContent } from '../folder/folder-content.js';
import { applyDirectives } from './directives/apply-directives.js';
import type { Finding, FolderOptions, FolderRule, Report, Rule, StepContext } from './rule.js';
import { statementViews, stepContext } from './step-context.js';

/**
 * Everything that is wrong with a folder, by file and place. Rules of the folder see all of it, rules of SQL only the
 * steps after `settings.startAfter`. `loadParser()` must be awaited before; nothing of a folder makes it throw.
 */
export function lintFolder(folder: FolderContent, rules: readonly Rule[], options: FolderOptions): Finding[] {
  const ofFolder = rules.flatMap((rule) =>
    'checkFolder' in rule ? folderFindings(rule, folder, options) : [],
  );
  const ofSteps = lintedSteps(folder).flatMap((step) =>
    applyDirectives(step, stepFindings(step, rules), rules, options.now),
  );
  return [...ofFolder, ...ofSteps].sort(byPlace);
}

/** The steps that the rules of SQL speak about. An unknown `startAfter` leaves out none. */
function lintedSteps(folder: FolderContent): StepContext[] {
  const journal = folder.journal ?? [];
  const last = journal.findLastIndex(({ tag }) => tag === folder.settings.startAfter);
  const tags = new Set<string>();
  return journal.slice(last + 1).flatMap((entry) => {
    if (tags.has(entry.tag)) return [];
    tags.add(entry.tag);
    return stepContext(folder, entry) ?? [];
  });
}

const start = { line: 1, column: 1 };

const folderFindings = (rule: FolderRule, folder: FolderContent, options: FolderOptions): Finding[] =>
  Array.from(rule.checkFolder(folder, options), ({ file = 'meta/_journal.json', ...report }) => {
    const tag = folder.journal?.find((entry) => `${entry.tag}.sql` === file)?.tag;
    return { ...finding(rule, report), file, position: report.position ?? start, ...(tag && { tag }) };
  });

function stepFindings(step: StepContext, rules: readonly Rule[]): Finding[] {
  const { tag, file } = step;
  const views = [...statementViews(step)];
  return rules.flatMap((rule): Finding[] => {
    if ('checkStatement' in rule)
      return views.flatMap(({ statement, view }) =>
        Array.from(rule.checkStatement(statement, view), (report) => ({
          ...finding(rule, report),
          file: file.name,
          tag,
          statement: statement.index,
          position: report.position ?? statement.position,
        })),
      );
    if ('checkStep' in rule)
      return Array.from(rule.checkStep(step), ({ statement, ...report }) => ({
        ...finding(rule, report),
        file: file.name,
        tag,
        ...(statement && { statement: statement.index }),
        position: report.position ?? statement?.position ?? start,
      }));
    return [];
  });
}

const finding = (rule: Rule, { object, message, severity = rule.severity }: Report) => ({
  rule: rule.id,
  severity,
  message,
  ...(object !== undefined && { object: spokenName(object) }),
});

const byPlace = (a: Finding, b: Finding) =>
  compare(a.file, b.file) || a.position.line - b.position.line || a.position.column - b.position.column;

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);
