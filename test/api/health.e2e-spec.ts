import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { TENANT_POOL } from '../../src/database/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { WireProxy } from '../support/wire-proxy.js';
import { eventually } from '../support/eventually.js';

describe('health', () => {
  let api: TestApp;
  beforeAll(async () => {
    api = await createTestApp({ environment: { DATABASE_POOL_MAX: '1' } });
  });
  afterAll(() => api.close());

  it.each(['', '/live', '/ready', '/startup'])('GET /health%s answers 200 without a login', async (path) => {
    expect(await api.call('GET', `/health${path}`)).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('shows versions and pool figures', async () => {
    const { body } = await api.call('GET', '/health');
    expect(body.details.database).toMatchObject({
      version: expect.any(String),
      pools: { tenant: { max: 1 } },
    });
    expect(body.details.process).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      node: process.version,
    });
  });

  it('stays ready while the pool is saturated, and shows it', async () => {
    const pool = api.app.get<Pool>(TENANT_POOL);
    const held = await pool.connect();
    const waiting = pool.connect();
    try {
      const { status, body } = await api.call('GET', '/health/ready');
      expect(status).toBe(200);
      expect(body.details.database.pools.tenant.waiting).toBe(1);
    } finally {
      held.release();
      (await waiting).release();
    }
  });

  it('is not ready while the database is behind the code, and says what is pending', async () => {
    await api.database.query('ALTER TABLE rowhouse.migrations RENAME TO hidden');
    try {
      const { body } = await eventually(async () => {
        const answer = await api.call('GET', '/health/ready');
        expect(answer.status).toBe(503);
        return answer;
      });
      expect(body.error.migrations.message).toContain('migrations: pending (0000_');
      expect(body.status).toBe('error');
    } finally {
      await api.database.query('ALTER TABLE rowhouse.hidden RENAME TO migrations');
    }
    await eventually(async () => expect((await api.call('GET', '/health/ready')).status).toBe(200));
  });

  it('is not ready, and says so within its second, while the database swallows what it is asked', async () => {
    const url = new URL(api.database.controlUrl);
    const proxy = await WireProxy.before(url.hostname, Number(url.port));
    url.host = `127.0.0.1:${proxy.port}`;
    const second = await createTestApp({ sharing: api, environment: { CONTROL_DATABASE_URL: url.href } });
    try {
      expect((await second.call('GET', '/health/ready')).status).toBe(200);
      proxy.isFrozen = true;
      const { body } = await eventually(async () => {
        const answer = await second.call('GET', '/health/ready');
        expect(answer.status).toBe(503);
        return answer;
      });
      expect(body.error.database.message).toContain('no answer within 1000 ms');
      proxy.isFrozen = false;
      await eventually(async () => expect((await second.call('GET', '/health/ready')).status).toBe(200));
    } finally {
      await proxy.close();
      await second.close();
    }
  });

  it('is not ready once the shutdown began', async () => {
    const second = await createTestApp({ sharing: api });
    const { ShutdownHealth } = await import('../../src/health/shutdown.health.js');
    second.app.get(ShutdownHealth).onModuleDestroy();
    const { status, body } = await second.call('GET', '/health/ready');
    expect([status, body.error.shutdown.message]).toEqual([503, 'The server is shutting down']);
    expect((await second.call('GET', '/health/live')).status).toBe(200);
    await second.close();
  });

  it('has not started where the login could pass the walls', async () => {
    const superuser = await createTestApp({
      sharing: api,
      environment: { DATABASE_URL: api.database.adminUrl, AUDIT: 'warn' },
    });
    const { status, body } = await superuser.call('GET', '/health/startup');
    expect(status).toBe(503);
    expect(body.error.privileges.message).toMatch(/is a superuser: row security does not bind it/);
    await superuser.close();
  });
});
