import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './load-config.js';

const load = (environment: Record<string, string>) =>
  loadConfig({
    DATABASE_URL: 'postgres://rowhouse_app:pw1@localhost/rowhouse',
    CONTROL_DATABASE_URL: 'postgres://rowhouse_control:pw2@localhost/rowhouse',
    ...environment,
  });

describe('RATE_LIMITS', () => {
  it('gives every plan its requests per minute', () => {
    const standard = { free: 600, pro: 6_000, enterprise: 60_000 };
    expect(load({}).limits.requestsPerMinute).toEqual(standard);
    const given = load({ RATE_LIMITS: 'pro=2,enterprise=30,free=1' }).limits.requestsPerMinute;
    expect(given).toEqual({ free: 1, pro: 2, enterprise: 30 });
  });

  it('is off only when it says so', () => {
    expect(load({ RATE_LIMITS: 'off' }).limits.requestsPerMinute).toBeUndefined();
  });

  it.each([
    'none',
    '600',
    'free=600',
    'free=600,pro=0,enterprise=1',
    'free=600,pro=-1,enterprise=1',
    'free=600,pro=1e3,enterprise=1',
    'free=600, pro=6000, enterprise=60000',
    'free=600,pro=1,enterprise=1,gold=1',
    'free=600,free=1,pro=1,enterprise=1',
    'off,free=600',
  ])('refuses %j', (text) => {
    expect(() => load({ RATE_LIMITS: text })).toThrow('RATE_LIMITS must be off, or requests per minute');
  });
});

describe('TRUST_PROXY', () => {
  it.each([['10.0.0.1'], ['10.0.0.0/8,loopback'], ['::1,fd00::/8']])('takes %j', (text) => {
    expect(load({ TRUST_PROXY: text }).http.trustProxy).toEqual(text.split(','));
  });

  it('trusts nobody by default', () => expect(load({}).http.trustProxy).toBe(false));

  it.each([
    '1',
    'true',
    '*',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    'proxy.example.com',
    '10.0.0.1,',
  ])('refuses %j', (text) =>
    expect(() => load({ TRUST_PROXY: text })).toThrow('TRUST_PROXY must be a list of addresses'),
  );
});

describe('REDIS_URL', () => {
  it.each([
    'redis://localhost',
    'rediss://:secret@redis.example.com:6380/2',
    'redis://user:p%40ss@[::1]:6379',
  ])('takes %j', (url) => expect(load({ REDIS_URL: url }).limits.redisUrl).toBe(url));

  it.each([
    'localhost:6379',
    'http://:secret@localhost',
    'redis://',
    'redis://:secret@localhost/name',
    'redis://:secret@localhost?db=1',
    'redis://:sec%ret@localhost',
    'redis://:sec#ret@localhost',
  ])('refuses %j, and tells nothing of it', (url) => {
    expect(() => load({ REDIS_URL: url })).toThrow('REDIS_URL must be a URL of the form redis://');
    expect(() => load({ REDIS_URL: url })).not.toThrow(/secret|sec%ret/);
  });
});

describe('DATABASE_POOL_MAX_PER_TENANT', () => {
  it.each([
    ['1', 1],
    ['2', 1],
    ['5', 3],
    ['10', 6],
  ])('is 60 %% of a pool of %s, at least one', (DATABASE_POOL_MAX, expected) => {
    expect(load({ DATABASE_POOL_MAX }).database.tenantPoolMaxPerTenant).toBe(expected);
  });

  it('must not exceed the pool', () => {
    expect(load({ DATABASE_POOL_MAX_PER_TENANT: '10' }).database.tenantPoolMaxPerTenant).toBe(10);
    const both = { DATABASE_POOL_MAX: '5', DATABASE_POOL_MAX_PER_TENANT: '6' };
    expect(() => load(both)).toThrow('DATABASE_POOL_MAX_PER_TENANT must not exceed DATABASE_POOL_MAX');
  });
});
