import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { translateError } from './database-errors.js';

const answered = (code: string) =>
  Object.assign(new pg.DatabaseError('of the server', 13, 'error'), { code });

describe('what node-postgres throws', () => {
  it.each(['EPIPE', 'ECONNRESET', 'ETIMEDOUT', 'EBADF'])('is the connection where it is %s', (code) => {
    const error = Object.assign(new Error(`write ${code}`), { code, syscall: 'write' });
    expect(translateError(error, 'x')).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });

  it.each(['57P01', '08006', '53300'])('is the connection where the server ends it with %s', (code) => {
    expect(translateError(answered(code), 'x')).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });

  it.each(['23505', 'P0001', 'XX000'])('is the statement where the server refuses it with %s', (code) => {
    expect(translateError(answered(code), 'x')).toMatchObject({ sqlState: code });
  });
});
