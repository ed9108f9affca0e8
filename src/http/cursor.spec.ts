import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './cursor.js';

describe('a cursor', () => {
  it('stands for its id, in its list only', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const cursor = encodeCursor('notes', id);
        expect(decodeCursor('notes', cursor)).toBe(id);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(() => decodeCursor('other', cursor)).toThrow('CURSOR_INVALID');
      }),
    );
  });

  it('is refused after any change of one character', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(), fc.constantFrom(...'ABCXYZabcxyz019-_'), (id, position, character) => {
        const cursor = encodeCursor('notes', id);
        const at = position % cursor.length;
        const changed = cursor.slice(0, at) + character + cursor.slice(at + 1);
        fc.pre(changed !== cursor);
        expect(() => decodeCursor('notes', changed)).toThrow('CURSOR_INVALID');
      }),
    );
  });

  it('is refused where it is no cursor at all', () => {
    fc.assert(
      fc.property(fc.string(), (text) => expect(() => decodeCursor('notes', text)).toThrow('CURSOR_INVALID')),
    );
  });
});
