import { Logger } from '@nestjs/common';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { StatementError } from './database-errors.js';
import { QueryLog } from './query-log.js';

describe('the query log', () => {
  afterEach(() => void jest.restoreAllMocks());
  const spy = () => ({
    warn: jest.spyOn(Logger.prototype, 'warn').mockReturnValue(),
    log: jest.spyOn(Logger.prototype, 'log').mockReturnValue(),
  });

  it('tells slow statements by digest, duration, tenant and SQLSTATE, never by text', () => {
    const { warn } = spy();
    const log = new QueryLog({ slowQueryMs: 100, logQueries: false });
    log.ran('select secret', 'd1', 99, 'acme', undefined);
    log.ran(
      'select secret',
      'd1',
      100.04,
      'acme',
      new StatementError('57014', 'd1', undefined, undefined, 'canceled'),
    );
    expect(warn.mock.calls).toEqual([
      [{ msg: 'slow query', digest: 'd1', durationMs: 100, tenantId: 'acme', sqlState: '57014' }],
    ]);
  });

  it('tells nothing when switched off', () => {
    const { warn, log } = spy();
    new QueryLog({ slowQueryMs: 0, logQueries: false }).ran('select 1', 'd1', 9_999, undefined, undefined);
    expect([...warn.mock.calls, ...log.mock.calls]).toEqual([]);
  });

  it('tells every text where it is asked to', () => {
    const { log } = spy();
    new QueryLog({ slowQueryMs: 0, logQueries: true }).ran('select $1', 'd1', 1, undefined, undefined);
    expect(log.mock.calls).toMatchObject([[{ msg: 'query', text: 'select $1' }]]);
  });
});
