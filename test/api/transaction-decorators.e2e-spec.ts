import 'reflect-metadata';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { ControlDatabase, StatementError, TenantDatabase } from '../../src/database/index.js';
import { Authenticated } from '../../src/http/index.js';
import { ControlPlane, Isolation, Retryable } from '../../src/tenancy/index.js';
import { type TestApp, createTestApp } from '../support/app.js';

const serializationFailure = () => new StatementError('40001', 'digest', undefined, undefined, '');
let attempts = 0;

@Authenticated()
@Controller('v1/probe')
class ProbeController {
  constructor(
    private readonly db: TenantDatabase,
    private readonly control: ControlDatabase,
  ) {}

  @Post('retryable')
  @Retryable()
  retryable() {
    if (++attempts < 3) throw serializationFailure();
    return { attempts };
  }

  @Post('once')
  once() {
    attempts++;
    throw serializationFailure();
  }

  @Get('isolation')
  @Isolation('serializable')
  async isolation() {
    return (await this.db.execute(sql`show transaction_isolation`)).rows;
  }

  @Get('write')
  async write() {
    await this.db.execute(sql`delete from notes`);
  }

  @Get('control')
  @ControlPlane()
  async controlPlane() {
    return (await this.control.execute(sql`select current_user::text as login`)).rows;
  }

  @Get('mixed')
  @ControlPlane()
  async mixed() {
    await this.db.execute(sql`select 1`);
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

describe("a route's transaction", () => {
  let api: TestApp;
  beforeAll(async () => {
    api = await createTestApp({ imports: [ProbeModule] });
  });
  afterAll(() => api.close());
  const call = (method: string, path: string) => {
    attempts = 0;
    return api.call(method, `/v1/probe/${path}`, { as: api.acme.apiKey });
  };

  it('runs again after a serialization failure where the route says it may', async () => {
    expect(await call('POST', 'retryable')).toMatchObject({ status: 201, body: { attempts: 3 } });
  });

  it('runs once elsewhere, and answers 409', async () => {
    expect(await call('POST', 'once')).toMatchObject({ status: 409, body: { code: 'TRANSACTION_CONFLICT' } });
    expect(attempts).toBe(1);
  });

  it('has the isolation level that the route names', async () => {
    expect((await call('GET', 'isolation')).body).toEqual([{ transaction_isolation: 'serializable' }]);
  });

  it('is read-only for GET: a write is a fault of ours, and nothing of it leaks', async () => {
    const { status, text } = await call('GET', 'write');
    expect(status).toBe(500);
    expect(text).not.toMatch(/25006|delete|read-only/i);
  });

  it('is on the control plane where the route says so, and then reaches no tenant tables', async () => {
    expect((await call('GET', 'control')).body).toEqual([{ login: 'rowhouse_control' }]);
    expect((await call('GET', 'mixed')).status).toBe(500);
  });
});
