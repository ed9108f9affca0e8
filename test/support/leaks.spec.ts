import { describe, expect, it } from '@jest/globals';
import { issueKey } from '../../src/identity/index.js';
import { findLeaks } from './leaks.js';

const { text: key } = issueKey();
const JWT = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c2VyXzEifQ.c2lnbmF0dXJlLW9mLWl0';

describe('the search for credentials in the logs of a run', () => {
  it.each([
    ['an API key', key],
    ['an invitation token', `inv_${'aB3-_'.repeat(7)}`],
    ['a JWT', JWT],
    ['a password in a URL', 'postgres://rowhouse_app:hunter2@db/rowhouse'],
    ['an Authorization header', 'Bearer 0123456789abcdef'],
  ])('finds %s', (kind, text) => {
    const line = JSON.stringify({ msg: `failed: ${text}` });
    expect(findLeaks(['{}', line], [])).toEqual([{ kind, line }]);
  });

  it('finds what the tests used, and its secret part alone', () => {
    expect(findLeaks([`password ${'p'.repeat(30)}`], ['p'.repeat(30)])).toHaveLength(1);
    expect(findLeaks([`secret ${key.split('_')[2]}`], [key])).toHaveLength(1);
  });

  it('finds nothing in lines whose credentials were cut out', () => {
    const lines = [
      key.slice(0, 24),
      'postgres://app:[redacted]@db/x',
      'rh_0123_[redacted]',
      'Bearer [redacted]',
    ];
    expect(findLeaks(lines, [key, ''])).toEqual([]);
  });
});
