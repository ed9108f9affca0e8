import { Logger } from '@nestjs/common';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { StatementFacts } from './database-events.js';
import { StatementError } from './database-errors.js';
import { QueryLog } from './query-log.js';

describe('the query log', () => {
  afterEach(() => void jest.restoreAllMocks());
  const spy = () => ({
    warn: jest.spyOn(Logger.prototype, 'warn').mockReturnValue(),
    log: jest.spyOn(Logger.prototype, 'log').mockReturnValue(),
  });

  const ran = (text: string, durationMs: number, error?: Error): StatementFacts => ({
    transaction: { plane: 'tenant', access: 'read', tenantId: 'acme', activity: undefined },
    text,
    digest: 'd1',
    startedAt: 0,
    durationMs,
    error,
  });

  it('tells slow statements by digest, duration, tenant and SQLSTATE, never by text', () => {
    const { warn } = spy();
    const log = new QueryLog({ slowQueryMs: 100, logQueries: false });
    log.statementRan(ran('select secret', 99));
    log.statementRan(
      ran('select secret', 100.04, new StatementError('57014', 'd1', undefined, undefined, 'canceled')),
    );
    expect(warn.mock.calls).toEqual([
      [{ msg: 'slow query', digest: 'd1', durationMs: 100, tenantId: 'acme', sqlState: '57014' }],
    ]);
  });

  it('tells nothing when switched off', () => {
    const { warn, log } = spy();
    new QueryLog({ slowQueryMs: 0, logQueries: false }).statementRan(ran('select 1', 9_999));
    expect([...warn.mock.calls, ...log.mock.calls]).toEqual([]);
  });

  it('tells every text where it is asked to', () => {
    const { log } = spy();
    new QueryLog({ slowQueryMs: 0, logQueries: true }).statementRan(ran('select $1', 1));
    expect(log.mock.calls).toMatchObject([[{ msg: 'query', text: 'select $1' }]]);
  });
});
