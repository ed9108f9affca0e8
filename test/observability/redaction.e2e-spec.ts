import { readFileSync } from 'node:fs';
import { Controller, Get, Logger, Module, Req } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../src/http/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { noteSecret, testLogFile } from '../support/test-logs.js';

const JWT = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c2VyXzEifQ.c2lnbmF0dXJlLW9mLWl0';
const INVITATION = `inv_${'aB3-_'.repeat(8)}`;

/** All the ways in which careless code could log a credential. */
@Public()
@Controller('v1/careless')
class CarelessController {
  private readonly logger = new Logger('Careless');
  static credentials: string[] = [];

  @Get()
  log(@Req() request: FastifyRequest) {
    const [key = '', url = ''] = CarelessController.credentials;
    this.logger.log({ msg: 'headers', headers: request.headers });
    this.logger.warn(`could not reach ${url}`);
    this.logger.debug(`signed in with ${key} or Bearer ${JWT}, invited by ${INVITATION}`);
    this.logger.error({ msg: 'nested', err: new Error('outer', { cause: new Error(`bad key ${key}`) }) });
    this.logger.error(new Error(`with a stack ${url}`));
    this.logger.verbose({ msg: 'a body', body: JSON.stringify({ password: JWT, token: key }) });
    throw new Error(`unexpected: ${key} ${url} ${JWT}`);
  }
}

@Module({ controllers: [CarelessController] })
class CarelessModule {}

describe('redaction', () => {
  let api: TestApp;
  beforeAll(async () => {
    api = await createTestApp({ imports: [CarelessModule] });
  });
  afterAll(() => api.close());

  // That no credential is in there is checked of all the logs of the run: test/support/global-teardown.mjs.
  it('cuts credentials out of messages, errors, causes, stacks, headers and bodies', async () => {
    CarelessController.credentials = [api.acme.apiKey, api.database.tenantUrl];
    for (const secret of [JWT, INVITATION, new URL(api.database.tenantUrl).password]) noteSecret(secret);
    const headers = {
      'x-api-key': api.globex.apiKey,
      cookie: `session=${JWT}`,
      'x-request-id': 'careless-1',
    };
    const answer = await api.call('GET', '/v1/careless', { as: api.acme.apiKey, headers });
    expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR', instance: 'careless-1' } });
    expect(answer.text).not.toContain('rh_');

    const lines = readFileSync(testLogFile(), 'utf8').split('\n');
    const ours = lines.filter((line) => line.includes('"requestId":"careless-1"'));
    expect(ours.map((line) => (JSON.parse(line) as { msg?: string }).msg)).toEqual(
      expect.arrayContaining(['headers', 'nested', 'a body', 'request failed']),
    );
    for (const line of ours.slice(0, 7)) expect(line).toContain('[redacted]');
    // The public id stays, so that the key can be found and revoked.
    expect(ours.join('\n')).toContain(api.acme.apiKey.slice(0, 24));
  });
});
