import { describe, expect, it } from '@jest/globals';
import { quoteRulesOf } from './quote-rules.js';

describe('sending requires approval', () => {
  it.each<[Record<string, unknown>, boolean]>([
    [{}, true],
    [{ quoting: null }, true],
    [{ quoting: 'no' }, true],
    [{ quoting: {} }, true],
    [{ quoting: { sendingRequiresApproval: 0 } }, true],
    [{ quoting: { sendingRequiresApproval: true } }, true],
    [{ quoting: { sendingRequiresApproval: false } }, false],
  ])('by the settings %j: %s', (settings, sendingRequiresApproval) => {
    expect(quoteRulesOf(settings)).toEqual({ sendingRequiresApproval });
  });
});
