import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchesStrongly, matchesWeakly, parseETags } from './etag-list.js';

describe('a list of entity tags', () => {
  it.each([
    ['*', '*'],
    [' * ', '*'],
    ['"1"', ['"1"']],
    ['""', ['""']],
    ['"1", W/"2"', ['"1"', 'W/"2"']],
    ['"1","2"', ['"1"', '"2"']],
    [', "1" ,, "2",', ['"1"', '"2"']],
    ['"a,b"', ['"a,b"']],
  ])('%j is %j', (header, tags) => {
    expect(parseETags(header)).toEqual(tags);
  });

  it.each(['', ' ', ',', '1', '"1', '1"', '"1" "2"', '"1""2"', 'w/"1"', '*, "1"', '"1", *', '"a b"', '"1";'])(
    '%j is none',
    (header) => {
      expect(parseETags(header)).toBeUndefined();
    },
  );

  it('is read back as it was written, in any form a client may send', () => {
    const tag = fc.record({ isWeak: fc.boolean(), text: fc.stringMatching(/^[!#-~]{0,20}$/) });
    const comma = fc.stringMatching(/^[ \t]{0,2},[ ,\t]{0,3}$/);
    fc.assert(
      fc.property(fc.array(tag, { minLength: 1, maxLength: 5 }), comma, (list, separator) => {
        const tags = list.map(({ isWeak, text }) => `${isWeak ? 'W/' : ''}"${text}"`);
        expect(parseETags(tags.join(separator))).toEqual(tags);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseETags(text);
      }),
    );
  });

  it('is compared strongly for writes, weakly for reads', () => {
    const cases = [['*'], [['"1"']], [['W/"1"']], [['"2"']], [['"2"', '"1"']]].map(([tags]) => [
      tags,
      matchesStrongly(tags as '*' | string[], '"1"'),
      matchesWeakly(tags as '*' | string[], '"1"'),
    ]);
    expect(cases).toEqual([
      ['*', true, true],
      [['"1"'], true, true],
      [['W/"1"'], false, true],
      [['"2"'], false, false],
      [['"2"', '"1"'], true, true],
    ]);
  });
});
