import { describe, expect, it } from '@jest/globals';
import { RequestActivity, type RequestOutcome } from '../request-activity.js';
import { requestEntry, requestLevel } from './request-entry.js';

const outcome: RequestOutcome = {
  method: 'GET',
  route: '/v1/notes/:id',
  status: 200,
  isAborted: false,
  durationMs: 1.23456,
  caller: { tenantId: 't1', principal: { kind: 'api_key', id: 'k1' } },
  ip: '192.0.2.1',
};

describe('the line of a request', () => {
  it.each([
    ['/v1/notes', 200, 'info'],
    ['/v1/notes', 404, 'info'],
    ['/v1/notes', 499, 'info'],
    ['/v1/notes', 500, 'error'],
    ['/v1/notes', 503, 'error'],
    ['/health', 200, 'debug'],
    ['/health/ready', 503, 'debug'],
    ['/healthy', 200, 'info'],
    ['/metrics', 200, 'debug'],
  ])('of %s with %i is logged at %s', (route, status, level) => {
    expect(requestLevel({ ...outcome, route, status })).toBe(level);
  });

  it('says who, what and how long', () => {
    const activity = new RequestActivity('r1');
    activity.waitBegan(10);
    activity.waitBegan(11);
    activity.waitEnded(12);
    activity.waitEnded(13.5);
    activity.statements = 2;
    expect(JSON.parse(JSON.stringify(requestEntry(activity, outcome)))).toEqual({
      requestId: 'r1',
      method: 'GET',
      route: '/v1/notes/:id',
      status: 200,
      durationMs: 1.23,
      databaseMs: 3.5,
      statements: 2,
      tenantId: 't1',
      principal: { kind: 'api_key', id: 'k1' },
    });
  });

  it('holds an address only where nobody has signed in', () => {
    const anonymous = { ...outcome, caller: undefined };
    expect(requestEntry(new RequestActivity('r1'), anonymous)).toMatchObject({ ip: '192.0.2.1' });
    expect(requestEntry(new RequestActivity('r1'), outcome)).toMatchObject({ ip: undefined });
  });
});
