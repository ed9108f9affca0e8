import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rootCertificates } from 'node:tls';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config-error.js';
import { Environment } from './environment.js';
import { loadConfig, loadMigrationConnection } from './load-config.js';
import { variablesOf } from './variable.js';

const URLS = {
  DATABASE_URL: 'postgres://rowhouse_app:pw1@localhost/rowhouse',
  CONTROL_DATABASE_URL: 'postgres://rowhouse_control:pw2@localhost/rowhouse',
};
const numbers = variablesOf(Environment).filter((variable) => typeof variable.default === 'number');
const switches = variablesOf(Environment).filter((variable) => typeof variable.default === 'boolean');

describe('loadConfig', () => {
  it('needs nothing but the URLs', () => {
    expect(loadConfig(URLS)).toMatchObject({
      environment: 'development',
      http: { host: '127.0.0.1', port: 3000 },
      database: {
        tenant: { user: 'rowhouse_app' },
        control: { user: 'rowhouse_control' },
        tenantPoolMax: 10,
        controlPoolMax: 3,
        connectionTimeoutMs: 2_000,
        maxLifetimeSeconds: 1_800,
        connectDeadlineMs: 30_000,
        preparedStatements: true,
        pipeline: true,
        slowQueryMs: 200,
        logQueries: false,
      },
      cache: { ttlMs: 5_000, maxEntries: 10_000 },
      log: { level: 'info', pretty: true },
    });
  });

  it('listens where CONTROL_DATABASE_URL says, unless LISTEN_DATABASE_URL does', () => {
    const { database } = loadConfig(URLS);
    expect(database.listener).toBe(database.control);
    const LISTEN_DATABASE_URL = 'postgres://rowhouse_control:pw2@localhost:5433/rowhouse';
    expect(loadConfig({ ...URLS, LISTEN_DATABASE_URL }).database.listener).toMatchObject({ port: 5433 });
    const bad = { ...URLS, LISTEN_DATABASE_URL: 'postgres://rowhouse_control:pw2@db.example.com/rowhouse' };
    expect(problemsOf({ ...bad, NODE_ENV: 'production' }).join()).toContain(
      'LISTEN_DATABASE_URL needs verified TLS',
    );
  });

  it('takes every variable from the environment it is given', () => {
    const given = Object.fromEntries(
      numbers.map(({ name, default: value }) => [name, String(Number(value) + 1)]),
    );
    const flipped = {
      DATABASE_PIPELINE: 'false',
      LOG_QUERIES: 'true',
      LOG_PRETTY: 'false',
      LOG_LEVEL: 'debug',
    };
    const config = loadConfig({ ...URLS, ...given, ...flipped, HOST: '::', NODE_ENV: 'test' });
    expect(config).toMatchObject({ environment: 'test', http: { host: '::', port: 3001 } });
    expect(config.database).toMatchObject({ pipeline: false, logQueries: true, lockTimeoutMs: 5_001 });
    expect(config.log).toMatchObject({ level: 'debug', pretty: false });
  });

  it('starts behind broken walls only where it is told to, and never in production', () => {
    expect(loadConfig(URLS).audit).toBe('block');
    expect(loadConfig({ ...URLS, AUDIT: 'warn' }).audit).toBe('warn');
    expect(() => loadConfig({ ...URLS, AUDIT: 'off' })).toThrow('AUDIT must be one of block, warn');
    expect(() => loadConfig({ ...URLS, NODE_ENV: 'production', AUDIT: 'warn' })).toThrow(
      'AUDIT must be block in production',
    );
  });

  it('writes logs for eyes in development only, unless told otherwise', () => {
    expect(loadConfig({ ...URLS, NODE_ENV: 'production' }).log.pretty).toBe(false);
    expect(loadConfig({ ...URLS, NODE_ENV: 'test' }).log.pretty).toBe(false);
    expect(loadConfig({ ...URLS, NODE_ENV: 'test', LOG_PRETTY: 'true' }).log.pretty).toBe(true);
    // pino-pretty is not among the production dependencies.
    expect(() => loadConfig({ ...URLS, NODE_ENV: 'production', LOG_PRETTY: 'true' })).toThrow('LOG_PRETTY');
  });

  it.each([
    ['127.0.0.1', ['127.0.0.1']],
    ['127.0.0.1:5353,[::1]:53,::1', ['127.0.0.1:5353', '[::1]:53', '::1']],
    [undefined, undefined],
  ])('reads the DNS servers %j', (text, servers) =>
    expect(loadConfig({ ...URLS, ...(text && { DNS_SERVERS: text }) }).dns.servers).toEqual(servers),
  );

  it.each([
    'localhost',
    '127.0.0.1:0',
    '127.0.0.1:65536',
    '1.2.3',
    '[127.0.0.1]',
    '::1]:53',
    '127.0.0.1,',
    ' ',
  ])('refuses the DNS servers %j', (text) =>
    expect(() => loadConfig({ ...URLS, DNS_SERVERS: text })).toThrow('DNS_SERVERS'),
  );

  it('is frozen to the bottom', () => {
    const config = loadConfig(URLS);
    const parts = [config, config.http, config.database, config.database.tenant, config.cache, config.log];
    expect(parts.every(Object.isFrozen)).toBe(true);
  });

  it('reports all problems at once, one line each', () => {
    const problems = problemsOf({
      NODE_ENV: 'prod',
      PORT: '70000',
      HOST: 'http://x',
      DATABASE_PIPELINE: 'yes',
      DATABASE_POOL_MAX: '0',
      LOG_LEVEL: 'loud',
      LOG_PRETTY: '1',
      DATABASE_CA: '/does/not/exist.pem',
      DATABASE_URL: 'postgres://localhost/db',
    });
    expect(problems).toEqual([
      'NODE_ENV must be one of development, test, production',
      'HOST must be an IP address or a host name to listen on',
      'PORT must be a whole number from 0 to 65535',
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
      'LOG_PRETTY must be true or false',
      'DATABASE_POOL_MAX must be a whole number from 1 to 1000',
      'DATABASE_PIPELINE must be true or false',
      'DATABASE_CA is not a readable PEM file',
      'DATABASE_URL names no user: postgres://user:password@host:5432/database',
      expect.stringContaining('CONTROL_DATABASE_URL is missing'),
    ]);
    expect(new ConfigError(problems).message.split('\n')).toHaveLength(problems.length + 1);
  });

  it('says in production which URLs are needed', () => {
    const [problem = ''] = problemsOf({ NODE_ENV: 'production' });
    expect(problem).toContain('DATABASE_URL and CONTROL_DATABASE_URL are missing');
    expect(problem).not.toContain('npm start');
  });

  it('hints at the embedded database outside production', () => {
    expect(problemsOf({}).join()).toContain('npm start');
  });

  it('refuses query logs in production', () => {
    expect(problemsOf({ ...URLS, NODE_ENV: 'production', LOG_QUERIES: 'true' }).join()).toContain(
      'LOG_QUERIES',
    );
  });

  it('refuses one login for both pools', () => {
    expect(problemsOf({ ...URLS, CONTROL_DATABASE_URL: URLS.DATABASE_URL }).join()).toContain(
      'share a login',
    );
  });

  it('refuses a limit that never acts, but not because of a default', () => {
    const short = { ...URLS, DATABASE_STATEMENT_TIMEOUT_MS: '1000' };
    expect(problemsOf(short)).toEqual([]);
    expect(problemsOf({ ...short, DATABASE_LOCK_TIMEOUT_MS: '2000' })).toHaveLength(1);
  });

  it('takes a list of exact origins for CORS, and none by default', () => {
    expect(loadConfig(URLS).http.corsOrigins).toEqual([]);
    const CORS_ORIGINS = 'https://app.example.com,http://localhost:5173';
    expect(loadConfig({ ...URLS, CORS_ORIGINS }).http.corsOrigins).toEqual(CORS_ORIGINS.split(','));
  });

  it.each([
    '*',
    'https://*.example.com',
    'https://app.example.com/',
    'https://app.example.com/path',
    'https://app.example.com:443',
    'https://App.example.com',
    'https://a.example.com, https://b.example.com',
    'https://a.example.com,',
    'app.example.com',
    'null',
    'file:///x',
    'https://user@app.example.com',
  ])('refuses %j, which no browser sends as an origin or which is none', (CORS_ORIGINS) => {
    expect(problemsOf({ ...URLS, CORS_ORIGINS })).toEqual([
      expect.stringContaining('CORS_ORIGINS must be a list of origins'),
    ]);
  });

  it('uses DATABASE_CA for verified connections', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'rowhouse-')), 'ca.pem');
    writeFileSync(path, rootCertificates[0] ?? '');
    const url = 'postgres://a:b@db.example.com/x?sslmode=verify-full';
    const config = loadConfig({ ...URLS, DATABASE_URL: url, DATABASE_CA: path });
    expect(config.database.tenant.ssl).toEqual({ rejectUnauthorized: true, ca: rootCertificates[0] });
    writeFileSync(path, 'not a certificate');
    expect(problemsOf({ ...URLS, DATABASE_CA: path })).toEqual(['DATABASE_CA is not a readable PEM file']);
  });

  it.each(variablesOf(Environment))('refuses an empty $name', ({ name }) => {
    expect(problemsOf({ ...URLS, [name]: '' }).join('\n')).toContain(`${name} is empty`);
  });

  it.each(numbers)('takes $name as a whole number only', ({ name }) => {
    for (const text of [
      '10abc',
      ' 10',
      '1e3',
      '0x10',
      '1.5',
      '-1',
      '99999999999999999999',
      'NaN',
      'Infinity',
    ]) {
      expect(problemsOf({ ...URLS, [name]: text }).join()).toContain(`${name} must be a whole number`);
    }
  });

  it.each(switches)('takes $name as true or false only', ({ name }) => {
    for (const text of ['yes', '1', 'TRUE', ' true', 'on']) {
      expect(problemsOf({ ...URLS, [name]: text })).toEqual([`${name} must be true or false`]);
    }
  });

  it('accepts a number exactly when it is written in decimal digits and within its range', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.nat(70_000).map(String)), (text) => {
        const isPort = /^\d+$/.test(text) && Number(text) <= 65_535;
        expect(problemsOf({ ...URLS, PORT: text }).length === 0).toBe(isPort);
      }),
    );
  });

  it('never prints what it was given', () => {
    const names = variablesOf(Environment).map(({ name }) => name);
    const value = fc.string({ maxLength: 30 }).map((text) => `Zq7${text}`);
    const url = value.map((text) => `postgres://app:${text}@db.example.com?x=1`);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.oneof(value, url)), (env) => {
        expect(problemsOf(env).join('\n')).not.toContain('Zq7');
      }),
    );
  });
});

describe('loadMigrationConnection', () => {
  it('needs MIGRATION_DATABASE_URL alone', () => {
    const env = { MIGRATION_DATABASE_URL: 'postgres://rowhouse_migrator:pw@localhost/rowhouse' };
    expect(loadMigrationConnection(env)).toMatchObject({ user: 'rowhouse_migrator', database: 'rowhouse' });
  });

  it('names the variable when it is missing or wrong', () => {
    expect(() => loadMigrationConnection({})).toThrow('MIGRATION_DATABASE_URL is missing');
    expect(() => loadMigrationConnection({ MIGRATION_DATABASE_URL: 'x' })).toThrow(ConfigError);
  });

  it('asks for verified TLS in production like the service', () => {
    const env = { NODE_ENV: 'production', MIGRATION_DATABASE_URL: 'postgres://m:pw@db.example.com/x' };
    expect(() => loadMigrationConnection(env)).toThrow('sslmode=verify-full');
  });
});

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.message).toContain(error.problems.join('\n  - '));
    return error.problems;
  }
}
