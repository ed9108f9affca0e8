import 'reflect-metadata';
import { Body, Controller, HttpCode, Module, Post, Query } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { ControlDatabase, TenantDatabase } from '../../src/database/index.js';
import { Authenticated, Public } from '../../src/http/index.js';
import { ControlPlane, Isolation, Retryable } from '../../src/tenancy/index.js';
import type { Answer, Call, TestApp } from './app.js';

/** What the routes below do next, and how often they ran. */
export const script = { runs: 0, next: async (): Promise<unknown> => ({ runs: script.runs }) };
const run = () => {
  script.runs++;
  return script.next();
};

@Authenticated()
@Controller('v1/probe')
class ProbeController {
  constructor(
    private readonly db: TenantDatabase,
    private readonly control: ControlDatabase,
  ) {}

  @Post('tenant')
  async tenant(@Body() _body: unknown, @Query() _query: unknown) {
    await this.db.execute(sql`select 1`);
    return run();
  }

  @Post('control')
  @ControlPlane()
  async controlPlane() {
    await this.control.execute(sql`select 1`);
    return run();
  }

  @Post('retryable')
  @Retryable()
  @Isolation('serializable')
  retryable() {
    return run();
  }

  @Post('empty')
  @HttpCode(204)
  async empty() {
    await run();
  }

  @Post('text')
  text() {
    return run();
  }

  @Post('public')
  @Public()
  open() {
    return run();
  }
}

@Module({ controllers: [ProbeController] })
export class ProbeModule {}

let keys = 0;
export const newKey = () => `key-${++keys}`;

/** A POST with an Idempotency-Key, as acme. */
export const post = (
  api: TestApp,
  url: string,
  key: string,
  { body = {}, as = api.acme.apiKey, ...call }: Call = {},
): Promise<Answer> =>
  api.call('POST', url, { as, body, ...call, headers: { 'idempotency-key': key, ...call.headers } });

export const isReplay = ({ headers }: Answer) => headers['idempotent-replayed'] === 'true';

export const resetScript = () => {
  script.runs = 0;
  script.next = async () => ({ runs: script.runs });
};

/** Rows, which are effects: the name of an API key is not unique. */
export const keysNamed = async ({ database }: TestApp, name: string): Promise<number> =>
  (await database.query('SELECT id FROM api_keys WHERE name = $1', [name])).rows.length;
