import { describe, expect, it } from '@jest/globals';
import { preparedName, statementOf } from './statements.js';

describe('prepared statement names', () => {
  it('come with the second use of a text, and are its digest on every connection', () => {
    const [one, other] = [{}, {}];
    expect(preparedName(one, statementOf('select 1 as first'))).toBeUndefined();
    const { digest } = statementOf('select 1 as first');
    expect(digest).toMatch(/^[0-9a-f]{16}$/);
    expect(preparedName(one, statementOf('select 1 as first'))).toBe(digest);
    expect(preparedName(other, statementOf('select 1 as first'))).toBe(digest);
  });

  it('are bounded per connection; known ones stay', () => {
    const connection = {};
    const use = (i: number) =>
      preparedName(
        connection,
        (statementOf(`select ${i} as bounded`), statementOf(`select ${i} as bounded`)),
      );
    const names = Array.from({ length: 300 }, (_, i) => use(i));
    expect(names.filter((name) => name !== undefined)).toHaveLength(250);
    expect(use(0)).toBe(names[0]);
    expect(preparedName({}, statementOf('select 299 as bounded'))).toBeDefined();
  });
});
