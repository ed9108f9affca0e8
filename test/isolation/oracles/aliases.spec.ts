import { describe, expect, it } from '@jest/globals';
import { Aliases } from './aliases.js';

const ID = '01920000-0000-7000-8000-00000000000';
const cursorOf = (id: string) => Buffer.from(`${id}.abcdefghijk`).toString('base64url');

describe('two runs of one program', () => {
  const left = new Aliases();
  const right = new Aliases();

  it('tell the same where they name the same things at the same places, whatever these are called', () => {
    const told = (a: string, b: string) =>
      `etag: "7${a}"\n{"id":"${ID}${a}","of":"${ID}${b}","again":"${ID}${a}","next":"${cursorOf(ID + b)}","at":"2026-11-21T16:31:3${a}.058Z"}`;
    expect(left.rename(told('1', '2'))).toBe(right.rename(told('5', '4')));
  });

  it('do not where one names the first thing twice, or a digest differs', () => {
    expect(left.rename(`${ID}7 ${ID}8`)).not.toBe(right.rename(`${ID}7 ${ID}7`));
    const digestOf = (letter: string) => letter.repeat(64);
    expect(left.rename(digestOf('a'))).not.toBe(right.rename(digestOf('b')));
  });

  it('call the things of the other by its own names, and leave alone what the other never met', () => {
    expect(left.translate(`/v1/notes/${ID}1?of=${ID}9`, right)).toBe(`/v1/notes/${ID}5?of=${ID}9`);
  });

  it('forget what they met after they came to differ', () => {
    const sizes = [left.size, right.size] as const;
    left.rename(`${ID}a ${ID}b`);
    left.forgetFrom(sizes[0]);
    right.forgetFrom(sizes[1]);
    expect(left.size).toBe(sizes[0]);
    expect(left.rename(`${ID}b`)).toBe(`<${sizes[0]}>`);
  });
});
