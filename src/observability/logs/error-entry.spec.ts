import { describe, expect, it } from '@jest/globals';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { errorEntry } from './error-entry.js';

describe('the entry of an error', () => {
  it('says what, where and why', () => {
    const cause = Object.assign(new TypeError('inner'), { code: 'E1' });
    const entry = errorEntry(new Error('outer', { cause }));
    expect(entry).toMatchObject({
      type: 'Error',
      message: 'outer',
      cause: { type: 'TypeError', code: 'E1' },
    });
    expect(entry.stack).toContain('error-entry.spec');
  });

  it('never shows the parameters that Drizzle puts into its messages, however deep', () => {
    const drizzle = new DrizzleQueryError('insert', ['Zq7'], new Error('refused'));
    const bare = new DrizzleQueryError('insert', ['Zq7'], undefined);
    for (const error of [
      drizzle,
      bare,
      new Error('x', { cause: drizzle }),
      new Error('x', { cause: bare }),
    ]) {
      expect(JSON.stringify(errorEntry(error))).not.toContain('Zq7');
    }
    expect(errorEntry(drizzle).message).toBe('refused');
  });

  it('leaves out whatever else hangs on an error', () => {
    const error = Object.assign(new Error('refused'), { detail: 'Zq7', parameters: ['Zq7'] });
    expect(JSON.stringify(errorEntry(error))).not.toContain('Zq7');
  });

  it('survives a loop of causes, and what is no error', () => {
    const error = new Error('loop');
    error.cause = error;
    expect(JSON.stringify(errorEntry(error))).toContain('loop');
    expect(errorEntry('Zq7')).toEqual({ type: 'string', message: 'something that is no Error was thrown' });
  });
});
