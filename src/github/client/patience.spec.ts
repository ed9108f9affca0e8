import { describe, expect, it } from '@jest/globals';
import { patienceOf } from './patience.js';

const NOW = new Date(1_000_000);

describe('the patience that GitHub asks for', () => {
  it.each([
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1300' }, 300],
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }, 1],
    [429, { 'retry-after': '7' }, 7],
    [403, { 'retry-after': '7', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1300' }, 7],
    [429, {}, 60],
    [403, { 'x-ratelimit-remaining': '12' }, undefined],
    [500, { 'retry-after': '7' }, undefined],
    [401, {}, undefined],
  ])('after %i with %j is %s s', (status, headers, seconds) =>
    expect(patienceOf(status, headers, NOW)).toBe(seconds),
  );
});
