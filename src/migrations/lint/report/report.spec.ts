import { describe, expect, it } from '@jest/globals';
import type { Finding, RuleText } from '../rule.js';
import { jsonReport } from './json.js';
import { sarifReport } from './sarif.js';
import { textReport } from './text.js';

const rule = (id: string, severity: RuleText['severity']): RuleText => ({
  id,
  group: 'destructive',
  severity,
  title: `Title of ${id}`,
  why: 'It hurts.',
  rewrite: 'SELECT 1;\nSELECT 2;',
});
const rules = [rule('small', 'warning'), rule('drop-thing', 'critical'), rule('slow', 'error')];
const finding = (id: string, line: number, more: Partial<Finding> = {}): Finding => ({
  rule: id,
  severity: 'error',
  file: '0003 ä.sql',
  tag: '0003 ä',
  statement: 1,
  position: { line, column: 2 },
  message: `about ${id}`,
  ...more,
});
const findings = [
  finding('small', 1, { severity: 'warning' }),
  finding('slow', 2),
  finding('drop-thing', 3, { severity: 'critical', object: 'orders' }),
  finding('slow', 4, { accepted: 'twenty rows' }),
];
const input = {
  findings,
  failing: new Set(findings.slice(1, 3)),
  rules,
  folderName: 'drizzle',
};

describe('the report', () => {
  it('tells people the worst first, each place, the safe way, the exception and the page', () => {
    expect(textReport(input)).toBe(`critical: Title of drop-thing [drop-thing]
  drizzle/0003 ä.sql:3:2  about drop-thing
  Safe:
    SELECT 1;
    SELECT 2;
  If it must be, above the statement (and --confirm when it runs):
    -- rowhouse:confirm drop-thing orders reason="..."
  Why: docs/rules/drop-thing.md

error: Title of slow [slow]
  drizzle/0003 ä.sql:2:2  about slow
  Safe:
    SELECT 1;
    SELECT 2;
  If it must be, above the statement:
    -- rowhouse:allow slow reason="..."
  Why: docs/rules/slow.md

warning: Title of small [small]
  drizzle/0003 ä.sql:1:2  about small
  Safe:
    SELECT 1;
    SELECT 2;
  Why: docs/rules/small.md

accepted, with the reason that the file gives:
  drizzle/0003 ä.sql:4:2  [slow] about slow (twenty rows)

1 critical, 1 error, 1 warning; 1 accepted. The check fails.`);
  });

  it('says in one line that all is well', () => {
    expect(textReport({ ...input, findings: [], failing: new Set() })).toBe('The migrations are sound.');
  });

  it('tells programs everything, and which findings make the check fail', () => {
    const told = JSON.parse(jsonReport(input)) as { ok: boolean; findings: object[] };
    expect(told.ok).toBe(false);
    expect(told.findings).toHaveLength(4);
    expect(told.findings[1]).toEqual({
      ...finding('slow', 2),
      file: 'drizzle/0003 ä.sql',
      fails: true,
      page: 'docs/rules/slow.md',
    });
  });

  it('has the structure that SARIF 2.1.0 asks for', () => {
    const log = JSON.parse(sarifReport(input)) as SarifLog;
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    const described = run?.tool.driver.rules ?? [];
    expect(run?.tool.driver.name).toBe('rowhouse');
    expect(described.map(({ id }) => id)).toEqual(['small', 'drop-thing', 'slow']);
    for (const each of described)
      expect([typeof each.shortDescription.text, typeof each.help.text]).toEqual(['string', 'string']);
    expect(run?.results).toHaveLength(4);
    for (const result of run?.results ?? []) {
      expect(described[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(['none', 'note', 'warning', 'error']).toContain(result.level);
      expect(result.message.text).not.toBe('');
      const [{ physicalLocation } = {}] = result.locations;
      // A relative reference of RFC 3986: no space, no letter outside ASCII.
      expect(physicalLocation?.artifactLocation.uri).toBe('drizzle/0003%20%C3%A4.sql');
      expect(physicalLocation?.region.startLine).toBeGreaterThan(0);
      expect(physicalLocation?.region.startColumn).toBeGreaterThan(0);
    }
    expect(run?.results.map(({ suppressions }) => suppressions)).toEqual([
      undefined,
      undefined,
      undefined,
      [{ kind: 'inSource', justification: 'twenty rows' }],
    ]);
  });
});

interface SarifLog {
  version: string;
  runs: {
    tool: {
      driver: {
        name: string;
        rules: { id: string; shortDescription: { text: string }; help: { text: string } }[];
      };
    };
    results: {
      ruleId: string;
      ruleIndex: number;
      level: string;
      message: { text: string };
      locations: {
        physicalLocation?: {
          artifactLocation: { uri: string };
          region: { startLine: number; startColumn: number };
        };
      }[];
      suppressions?: unknown;
    }[];
  }[];
}
