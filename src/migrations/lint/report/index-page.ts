import type { RuleText } from '../rule.js';

/** The table of all rules, group by group, in the form that prettier keeps. */
export function indexPage(rules: readonly RuleText[]): string {
  const groups = [...new Set(rules.map(({ group }) => group))];
  return [
    '# Rules for migrations',
    'What `npm run db:check` looks for. A critical finding destroys data or a wall and takes two keys, an error takes an `allow` with a reason, a warning is told. Written by `npm run db:rules`.',
    ...groups.flatMap((group) => [`## ${group}`, table(rules.filter((rule) => rule.group === group))]),
  ]
    .join('\n\n')
    .concat('\n');
}

function table(rules: readonly RuleText[]): string {
  const rows = rules.map(({ id, severity, title }) => [
    `[${id}](${id}.md)`,
    severity,
    title.replaceAll('|', '\\|'),
  ]);
  const all = [['rule', 'severity', 'what is found'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
