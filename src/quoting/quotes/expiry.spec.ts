import { describe, expect, it } from '@jest/globals';
import { dayOf, statusOn } from './expiry.js';
import { QUOTE_STATUSES, allowedActions } from './quote-states.js';

const validUntil = '2026-12-31';
const strict = { sendingRequiresApproval: true };

describe('a quote whose validity is over', () => {
  it('is expired the day after its last, if the customer has it and has not answered', () => {
    expect(statusOn({ status: 'sent', validUntil }, '2026-12-31')).toBe('sent');
    expect(statusOn({ status: 'sent', validUntil }, '2027-01-01')).toBe('expired');
    expect(statusOn({ status: 'viewed', validUntil }, '2027-01-01')).toBe('expired');
  });

  it('is what it was otherwise', () => {
    const others = QUOTE_STATUSES.filter((status) => !['sent', 'viewed'].includes(status));
    for (const status of others) expect(statusOn({ status, validUntil }, '2030-01-01')).toBe(status);
  });

  it('can be revised and nothing else, before the sweep has seen it', () => {
    const status = statusOn({ status: 'viewed', validUntil }, '2027-01-01');
    expect(allowedActions(status, strict).map(({ action }) => action)).toEqual(['revise']);
  });

  it('is judged by days in UTC', () => {
    expect(dayOf(new Date('2026-12-31T23:59:59.999Z'))).toBe('2026-12-31');
    expect(dayOf(new Date('2027-01-01T01:00:00+02:00'))).toBe('2026-12-31');
  });
});
