import type { AuditFinding } from './rule.js';

/** A finding that somebody has looked at, and that shall not count for a while. */
export interface AllowedFinding {
  /** `A24`. */
  rule: string;
  /** As the finding names it: `publication reporting`. */
  object: string;
  /** Why it does no harm, for the next who reads it. */
  reason: string;
  /** The last day it is allowed on, in UTC: `2027-01-31`. */
  until: string;
}

/**
 * What is allowed today becomes information. An entry that has ended, or that lacks its reason or its date, excuses nothing,
 * and the finding says so.
 */
export function withAllowed(
  findings: AuditFinding[],
  allowed: readonly AllowedFinding[],
  today: Date = new Date(),
): AuditFinding[] {
  const day = today.toISOString().slice(0, 10);
  return findings.map((finding) => {
    const entry = allowed.find(({ rule, object }) => rule === finding.rule && object === finding.object);
    if (!entry) return finding;
    const { reason, until } = entry;
    const say = (text: string) => ({ ...finding, message: `${finding.message} (${text})` });
    if (!isDay(until) || reason.trim() === '')
      return say(
        'its entry in src/audit-allowed.ts does not count: it needs a reason and a day as 2027-01-31',
      );
    if (until < day) return say(`it was allowed until ${until}: ${reason}`);
    return { ...finding, severity: 'information', allowed: { reason, until } };
  });
}

const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text).toJSON()?.slice(0, 10) === text;
