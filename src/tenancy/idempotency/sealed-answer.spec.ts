import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Answer, sealAnswer, unsealAnswer } from './sealed-answer.js';

const answer: Answer = { status: 201, headers: { etag: '"7"' }, body: '{"apiKey":"rh_secret"}' };

describe('a sealed answer', () => {
  it('is opened by the key and id that it was sealed with, and by no other', () => {
    const sealed = sealAnswer(answer, 'key', 'id');
    expect(unsealAnswer(sealed, 'key', 'id')).toEqual(answer);
    expect(() => unsealAnswer(sealed, 'Key', 'id')).toThrow('unable to authenticate data');
    expect(() => unsealAnswer(sealed, 'key', 'other')).toThrow('unable to authenticate data');
  });

  it('keeps every byte of the body', () => {
    const text = fc.option(fc.string({ unit: 'binary' }), { nil: undefined });
    fc.assert(
      fc.property(text, fc.string({ minLength: 1 }), (body, key) => {
        const made = { status: 200, headers: {}, ...(body !== undefined && { body }) };
        expect(unsealAnswer(sealAnswer(made, key, 'id'), key, 'id')).toEqual(made);
      }),
    );
  });

  it('shows nothing of the answer, and never the same twice', () => {
    const [one, two] = [sealAnswer(answer, 'key', 'id'), sealAnswer(answer, 'key', 'id')];
    expect(one.toString('latin1')).not.toContain('secret');
    expect(one.equals(two)).toBe(false);
  });

  it('is refused after a change of any byte', () => {
    const sealed = sealAnswer(answer, 'key', 'id');
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i]! ^= 1;
      expect(() => unsealAnswer(changed, 'key', 'id')).toThrow('unable to authenticate data');
    }
  });
});
