import { describe, expect, it } from '@jest/globals';
import type { Config, DatabaseConnection } from '../../../config/index.js';
import { auditTransport } from './transport.js';

const verified = { rejectUnauthorized: true } as const;

/** The configuration itself refuses most of these: here they are what some other way would have made. */
function judge(
  tenant: { host: string; ssl: unknown },
  environment: Config['environment'] = 'production',
  listener?: { host: string; ssl: unknown },
): string[] {
  const control = { host: '127.0.0.1', ssl: false } as DatabaseConnection;
  const database = { tenant, control, listener: listener ?? control } as Config['database'];
  return auditTransport({ environment, database }).map(({ rule, object }) => `${rule} ${object}`);
}

describe('A27', () => {
  it.each([
    { host: 'db.example.com', ssl: false },
    { host: '10.0.0.5', ssl: false },
    { host: 'db.example.com', ssl: { rejectUnauthorized: false } },
    { host: 'db.example.com', ssl: {} },
  ])('refuses %j in production', (tenant) => {
    expect(judge(tenant)).toEqual(['A27 DATABASE_URL']);
  });

  it.each([
    { host: 'db.example.com', ssl: verified },
    { host: 'localhost', ssl: false },
    { host: '127.0.0.2', ssl: false },
    { host: '/var/run/postgresql', ssl: false },
  ])('takes %j', (tenant) => {
    expect(judge(tenant)).toEqual([]);
  });

  it('judges the listener where it has a connection of its own', () => {
    const local = { host: 'localhost', ssl: false };
    const remote = { host: 'db.example.com', ssl: false };
    expect(judge(local, 'production', remote)).toEqual(['A27 LISTEN_DATABASE_URL']);
  });

  it('does not judge development', () => {
    expect(judge({ host: 'db.example.com', ssl: false }, 'development')).toEqual([]);
  });
});
