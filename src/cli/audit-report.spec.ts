import { describe, expect, it } from '@jest/globals';
import type { AuditFinding } from '../tenancy/audit/index.js';
import { jsonReport, sarifReport, textReport } from './audit-report.js';

const finding: AuditFinding = {
  rule: 'A06',
  severity: 'blocking',
  title: 'FORCE everywhere',
  why: 'Views show all.',
  object: 'notes',
  message: 'notes has no FORCE',
  remedy: 'ALTER TABLE notes FORCE ROW LEVEL SECURITY',
};
const warning: AuditFinding = { ...finding, rule: 'A19', severity: 'warning' };
const allowed: AuditFinding = {
  ...finding,
  severity: 'information',
  allowed: { reason: 'of ours', until: '2027-01-31' },
};

describe('the report of db:audit', () => {
  it('tells each finding in a line of words, and the verdict in the last', () => {
    expect(textReport([finding, allowed])).toBe(
      'blocking A06: notes has no FORCE. Views show all. To mend it: ALTER TABLE notes FORCE ROW LEVEL SECURITY\n' +
        'information A06: notes has no FORCE. Allowed until 2027-01-31: of ours\n' +
        'Walls are open: 1 finding blocks',
    );
  });

  it.each<[AuditFinding[], string]>([
    [[], 'The walls stand: no findings'],
    [[allowed], 'The walls stand: no findings'],
    [[warning], 'The walls stand: 1 warning'],
    [[warning, warning], 'The walls stand: 2 warnings'],
    [[warning, finding, finding], 'Walls are open: 2 findings block'],
  ])('counts what blocks, else what warns (%#)', (findings, verdict) => {
    expect(textReport(findings).split('\n').at(-1)).toBe(verdict);
  });

  it('is all of the findings as JSON, also none', () => {
    expect(JSON.parse(jsonReport([finding]))).toEqual([finding]);
    expect(jsonReport([])).toBe('[]');
  });

  it('says in SARIF what the rule is, how bad it is, how to mend it, and what is allowed', () => {
    const [run] = (JSON.parse(sarifReport([finding, warning, allowed])) as { runs: SarifRun[] }).runs;
    const results = run!.results;
    expect(results.map(({ level }) => level)).toEqual(['error', 'warning', 'note']);
    expect(results[0]).toMatchObject({
      ruleId: 'A06',
      message: { text: 'notes has no FORCE. To mend it: ALTER TABLE notes FORCE ROW LEVEL SECURITY' },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'docs/audit.md' }, region: { startLine: 1 } },
          logicalLocations: [{ fullyQualifiedName: 'notes', kind: 'resource' }],
        },
      ],
    });
    for (const { ruleId, ruleIndex } of results) expect(run!.tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
    expect(results.map(({ suppressions }) => suppressions)).toEqual([
      undefined,
      undefined,
      [{ kind: 'external', justification: 'of ours (until 2027-01-31)' }],
    ]);
  });
});

interface SarifRun {
  tool: { driver: { rules: { id: string }[] } };
  results: { ruleId: string; ruleIndex: number; level: string; suppressions?: unknown[] }[];
}
