import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DatabaseConnection } from './config.js';
import { readDatabaseUrl, type DatabaseUrlReading } from './database-url.js';

const readCertificate = (path: string): string => {
  if (path !== '/ca.pem') throw new Error('no such file');
  return 'PEM';
};
const production = (url: string, ca?: string) =>
  readDatabaseUrl(url, { isProduction: true, readCertificate, ca });
const development = (url: string) => readDatabaseUrl(url, { isProduction: false, readCertificate });

const REMOTE = 'postgres://app:pw@db.example.com/rowhouse';
const NEON =
  'postgresql://app:pw@ep-x-pooler.eu-central-1.aws.neon.tech/db?sslmode=require&channel_binding=require';
const LOCAL = ['localhost', '127.0.0.1', '127.9.8.7', '[::1]', '%2Fvar%2Frun%2Fpostgresql'];

describe('readDatabaseUrl', () => {
  it('reads every part, decoded', () => {
    expect(connectionOf(production('postgres://us%2Fer:p%40%3A%3Fw@localhost:6543/rowhouse'))).toEqual({
      host: 'localhost',
      port: 6543,
      user: 'us/er',
      password: 'p@:?w',
      database: 'rowhouse',
      ssl: false,
      enableChannelBinding: false,
      requireChannelBinding: false,
    });
  });

  it('reads a hosted URL with channel binding as verify-full with channel binding', () => {
    expect(connectionOf(production(NEON))).toMatchObject({
      host: 'ep-x-pooler.eu-central-1.aws.neon.tech',
      ssl: { rejectUnauthorized: true },
      enableChannelBinding: true,
      requireChannelBinding: true,
    });
  });

  it.each(['require', 'verify-ca', 'verify-full'])(
    'reads sslmode=%s as verify-full, never weaker',
    (sslmode) => {
      for (const read of [production, development]) {
        const connection = connectionOf(read(`${REMOTE}?sslmode=${sslmode}`));
        expect(connection).toMatchObject({ ssl: { rejectUnauthorized: true }, enableChannelBinding: false });
      }
    },
  );

  it.each([
    '',
    '?sslmode=prefer',
    '?sslmode=allow',
    '?sslmode=disable',
    '?sslmode=no-verify',
    '?sslmode=typo',
  ])('refuses "%s" for a remote host in production and names the remedy', (query) =>
    expect(problemsOf(production(REMOTE + query))).toContain('sslmode=verify-full'),
  );

  it.each(['127.0.0.1.example.com', 'localhost.example.com', '128.0.0.1', '127.1', '10.0.0.1', 'db'])(
    'does not take %s for a local host',
    (host) => expect(problemsOf(production(`postgres://app:pw@${host}/rowhouse`))).toContain('verify-full'),
  );

  it.each(LOCAL)('needs no TLS to the local host %s in production', (host) => {
    expect(connectionOf(production(`postgres://app:pw@${host}/rowhouse`)).ssl).toBe(false);
  });

  it('needs no TLS to a remote host outside production', () => {
    expect(connectionOf(development(REMOTE)).ssl).toBe(false);
  });

  it.each(['prefer', 'allow', 'no-verify'])('refuses sslmode=%s for a remote host everywhere', (sslmode) => {
    expect(problemsOf(development(`${REMOTE}?sslmode=${sslmode}`))).toContain('sslmode=verify-full');
  });

  it('finds a Unix socket by parameter', () => {
    const connection = connectionOf(production('postgres://app@/rowhouse?host=/tmp&port=5433'));
    expect(connection).toMatchObject({ host: '/tmp', port: 5433, password: undefined, ssl: false });
  });

  it('reads the private CA from sslrootcert before DATABASE_CA', () => {
    const url = `${REMOTE}?sslmode=verify-full`;
    expect(connectionOf(production(url, 'OTHER')).ssl).toEqual({ rejectUnauthorized: true, ca: 'OTHER' });
    expect(connectionOf(production(`${url}&sslrootcert=/ca.pem`, 'OTHER')).ssl).toMatchObject({ ca: 'PEM' });
    expect(connectionOf(production(`${url}&sslrootcert=system`, 'OTHER')).ssl).toEqual({
      rejectUnauthorized: true,
    });
    expect(problemsOf(production(`${url}&sslrootcert=/none.pem`))).toContain('readable PEM file');
  });

  it('keeps the application name', () => {
    expect(connectionOf(development(`${REMOTE}?application_name=api`)).applicationName).toBe('api');
  });

  it.each([
    ['mysql://app:pw@localhost/db', 'start with postgres://'],
    ['localhost', 'start with postgres://'],
    ['postgres://', 'names no user'],
    ['postgres://localhost/db', 'names no user'],
    ['postgres://app:pw@localhost', 'names no database'],
    ['postgres://app:pw@/db', 'names no host'],
    ['postgres://app:pw@a,b/db', 'several hosts'],
    ['postgres://app:pw@localhost:0/db', 'port from 1 to 65535'],
    ['postgres://app:pw@localhost:99999/db', 'is not a URL'],
    ['postgres://app:p#w@localhost/db', 'is not a URL'],
    ['postgres://app:p%w@localhost/db', 'is not a URL'],
    ['postgres://app:p%00w@localhost/db', 'is not a URL'],
    ['postgres://app:p%ffw@localhost/db', 'is not a URL'],
    ['postgres://app:pw@localhost/db\n', 'is not a URL'],
    ['postgres://app:pw@localhost/db?host=/tmp', 'both before and behind'],
    ['postgres://app:pw@/db?host=evil.example.com', 'directory of a Unix socket'],
    ['postgres://app:pw@localhost:1/db?port=2', 'both before and behind'],
    ['postgres://app:pw@localhost/db?sslmode=require&sslmode=disable', 'more than once'],
    ['postgres://app:pw@localhost/db?sslmode=', 'without a value'],
    ['postgres://app:pw@localhost/db?options=-c%20row_security%3Doff', 'parameter options'],
    ['postgres://app:pw@localhost/db?user=postgres', 'parameter user'],
    ['postgres://app:pw@localhost/db?sslcert=/x', 'parameter sslcert'],
    ['postgres://app:pw@localhost/db?__proto__=1', 'unknown parameter'],
    ['postgres://app:pw@localhost/db?channel_binding=require', 'needs TLS'],
    ['postgres://app:pw@localhost/db?channel_binding=maybe', 'none of require, prefer, disable'],
    ['postgres://app:pw@localhost/db?sslrootcert=/ca.pem', 'would not be used'],
  ])('refuses %s', (url, words) => expect(problemsOf(development(url))).toContain(words));

  it('reports all problems of one URL', () => {
    expect(problemsOf(production('postgres://db.example.com?ssl=true')).split('\n')).toHaveLength(4);
  });

  it('finds any password again and never speaks plainly to a remote host in production', () => {
    const sslmodes = fc.constantFrom(
      '',
      '?sslmode=require',
      '?sslmode=disable',
      '?sslmode=prefer',
      '?sslmode=x',
    );
    const printable = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(printable, sslmodes, (password, query) => {
        const reading = production(`postgres://app:${encodeURIComponent(password)}@db.example.com/x${query}`);
        if (!('connection' in reading)) return;
        expect(reading.connection).toMatchObject({ password, ssl: { rejectUnauthorized: true } });
      }),
    );
  });

  it('never repeats a password in a problem, encoded or not, well-formed or not', () => {
    const secret = fc.string({ maxLength: 12 }).map((text) => `Zq7${text}`);
    const rest = fc.constantFrom('@h/db', '@h/db?sslmode=x', '@h', '@/db', '', '@h:x/db', '@h/db?zz=1');
    fc.assert(
      fc.property(secret, rest, fc.boolean(), (password, tail, isEncoded) => {
        const reading = production(
          `postgres://app:${isEncoded ? encodeURIComponent(password) : password}${tail}`,
        );
        if ('problems' in reading) expect(reading.problems.join('\n')).not.toContain('Zq7');
      }),
    );
  });
});

function connectionOf(reading: DatabaseUrlReading): DatabaseConnection {
  if ('problems' in reading) throw new Error(reading.problems.join('\n'));
  return reading.connection;
}

function problemsOf(reading: DatabaseUrlReading): string {
  return 'problems' in reading ? reading.problems.join('\n') : '';
}
