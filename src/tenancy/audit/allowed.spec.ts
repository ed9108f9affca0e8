import { describe, expect, it } from '@jest/globals';
import { type AllowedFinding, withAllowed } from './allowed.js';
import type { AuditFinding } from './rule.js';

const finding: AuditFinding = {
  rule: 'A24',
  severity: 'warning',
  title: 'No publication holds tenant tables',
  why: 'A subscriber gets the rows of all tenants.',
  object: 'publication reporting',
  message: 'publication reporting holds all tables',
  remedy: 'DROP PUBLICATION reporting',
};
const blocking: AuditFinding = { ...finding, severity: 'blocking' };
const entry: AllowedFinding = {
  rule: 'A24',
  object: 'publication reporting',
  reason: 'the warehouse is ours',
  until: '2027-01-31',
};
const on = (day: string, changes: Partial<AllowedFinding> = {}) =>
  withAllowed([blocking], [{ ...entry, ...changes }], new Date(`${day}T23:59:59Z`))[0]!;

describe('the list of what is allowed', () => {
  it('makes a finding information, with the reason, up to and on its last day', () => {
    for (const day of ['2026-12-01', '2027-01-31'])
      expect(on(day)).toMatchObject({
        severity: 'information',
        allowed: { reason: entry.reason, until: entry.until },
      });
  });

  it('blocks again on the day after, and says since when', () => {
    expect(on('2027-02-01')).toMatchObject({
      severity: 'blocking',
      message: `${blocking.message} (it was allowed until 2027-01-31: the warehouse is ours)`,
    });
  });

  it.each([{ rule: 'A05' }, { object: 'publication other' }])('excuses nothing else: %j', (changes) => {
    expect(on('2026-12-01', changes)).toEqual(blocking);
  });

  it.each([
    { until: 'never' },
    { until: '2027-02-30' },
    { until: '2027-13-01' },
    { until: '' },
    { reason: ' ' },
  ])('excuses nothing without a reason and a day, and says so: %j', (changes) => {
    const judged = on('2026-12-01', changes);
    expect(judged.severity).toBe('blocking');
    expect(judged.message).toContain('needs a reason and a day');
  });

  it('leaves a warning a warning when its time is over', () => {
    const [judged] = withAllowed([finding], [entry], new Date('2028-01-01'));
    expect(judged).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining('was allowed until'),
    });
  });
});
