import type { Fixture } from '../fixture.js';
import type { Rule, RuleText } from '../rule.js';
import { indexPage } from './index-page.js';

/** A page for each rule, and README.md with the table of all. */
export function pagesOf(
  texts: readonly RuleText[],
  rules: readonly Rule[],
  fixtures: readonly Fixture[],
): Map<string, string> {
  const pages = texts.map((text): [string, string] => {
    const own = fixtures.filter(({ rule }) => rule === text.id);
    const isAboutSql = rules.some(({ id, ...rule }) => id === text.id && !('checkFolder' in rule));
    return [`${text.id}.md`, page(text, own, isAboutSql)];
  });
  return new Map([['README.md', indexPage(texts)], ...pages]);
}

const page = (rule: RuleText, fixtures: Fixture[], isAboutSql: boolean) =>
  [
    `# ${rule.id}`,
    `${rule.title}. Severity: **${rule.severity}**; group: ${rule.group}.`,
    rule.why,
    ...badExample(fixtures),
    '## The safe way',
    fence(rule.rewrite),
    ...wayOut(rule, isAboutSql),
    '## What is tested',
    fixtures.map(({ name }) => `- ${name.replaceAll(/\s+/g, ' ')}`).join('\n'),
    ...goodExample(fixtures),
  ].join('\n\n') + '\n';

function badExample(fixtures: Fixture[]): string[] {
  const bad = fixtures.find((fixture) => 'sql' in fixture && fixture.finds.length > 0);
  if (!bad || !('sql' in bad)) return [];
  const schema = bad.before ? ['Where the database has:', fence(bad.before)] : [];
  return [
    '## What it finds',
    ...schema,
    ...(schema.length > 0 ? ['this step is found:'] : []),
    fence(bad.sql),
  ];
}

function goodExample(fixtures: Fixture[]): string[] {
  const good = fixtures.find((fixture) => 'sql' in fixture && fixture.finds.length === 0);
  return good && 'sql' in good ? ['Left alone, for example:', fence(good.sql)] : [];
}

function wayOut({ id, severity, group }: RuleText, isAboutSql: boolean): string[] {
  const heading = '## If it must be';
  if (group === 'directives' || !isAboutSql) return [heading, 'No directive covers it: it is mended.'];
  if (severity === 'critical')
    return [
      heading,
      'It takes two keys. In the file, above the statement, with the object that the finding names:',
      fence(`-- rowhouse:confirm ${id} <object> reason="..."`),
      'and `--confirm=<tag>:<first 8 of its sum>` when it runs; without it the run stops and says the key.',
    ];
  return [
    heading,
    'Above the statement, for this statement only; `until` is optional:',
    fence(`-- rowhouse:allow ${id} reason="..." until=YYYY-MM-DD`),
  ];
}

const fence = (text: string) => `\`\`\`${/^(npm|git) /.test(text) ? 'sh' : 'sql'}\n${text.trim()}\n\`\`\``;
