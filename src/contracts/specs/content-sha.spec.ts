import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Json, sortedJson } from '../interactions/canonical.js';
import { contentSha } from './content-sha.js';

describe('the sum of a document', () => {
  it('is that of its text with sorted keys', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (document) => {
        const whole = createHash('sha256')
          .update(sortedJson(document as Json))
          .digest('hex');
        expect((await contentSha(document)).toString('hex')).toBe(whole);
      }),
    );
  });

  it('does not depend on the order of keys', async () => {
    const [a, b] = await Promise.all([
      contentSha({ openapi: '3.1.0', paths: { a: { x: 1, y: 2 } } }),
      contentSha({ paths: { a: { y: 2, x: 1 } }, openapi: '3.1.0' }),
    ]);
    expect(a.equals(b)).toBe(true);
  });
});
