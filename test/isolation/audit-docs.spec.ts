import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { allowedFindings } from '../../src/audit-allowed.js';
import { auditRules } from '../../src/tenancy/audit/index.js';

const text = readFileSync(fileURLToPath(new URL('../../docs/audit.md', import.meta.url)), 'utf8');
const paragraphs = text.split(/^### /m).slice(1);

describe('docs/audit.md', () => {
  it('has one paragraph for each rule, in their order, with what it does to a start', () => {
    const words = { blocking: 'blocks', warning: 'warns' };
    const rules = Map.groupBy(auditRules, ({ id }) => id);
    const expected = [...rules].map(([id, halves]) => {
      const severities = halves.map(({ severity }) => words[severity]).sort();
      return `${id} (${severities.join(', ')})`;
    });
    const told = paragraphs.map((paragraph) =>
      paragraph.replace(/^(A\d\d): [^\n]*? \(([a-z, ]+)\)\n[^]*$/, '$1 ($2)'),
    );
    expect(told).toEqual(expected);
  });

  it('says in each what could happen, and how to mend it', () => {
    for (const paragraph of paragraphs) expect(paragraph).toMatch(/\n\n\S[^]{40,}\*\*Mend:\*\*\s[^]{10,}/);
  });
});

describe('src/audit-allowed.ts', () => {
  it('names a rule, a reason and a day in each entry', () => {
    for (const { rule, reason, until } of allowedFindings) {
      expect(auditRules.map(({ id }) => id)).toContain(rule);
      expect(reason.trim()).not.toBe('');
      expect(until).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });
});
