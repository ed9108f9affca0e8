import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Module, Put } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { BodyLimit, addBodyLimits } from './body-limit.js';

@Controller()
class Uploads {
  @Put('large')
  @BodyLimit(2_000)
  large() {
    return 'taken';
  }

  @Put('usual')
  usual() {
    return 'taken';
  }
}

@Module({ controllers: [Uploads] })
class UploadsModule {}

describe('the body limit of a route', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    const adapter = new FastifyAdapter({ bodyLimit: 1_000 });
    app = await NestFactory.create(UploadsModule, adapter, { bodyParser: false, logger: false });
    addBodyLimits(app.getHttpAdapter().getInstance());
    await app.init();
  });
  afterAll(() => app.close());

  const put = async (url: string, bytes: number) => {
    const payload = JSON.stringify('x'.repeat(bytes - 2));
    const headers = { 'content-type': 'application/json' };
    return (await app.inject({ method: 'PUT', url, payload, headers })).statusCode;
  };

  it('is larger where the route says so', async () => {
    expect(await put('/large', 2_000)).toBe(200);
    expect(await put('/large', 2_001)).toBe(413);
  });

  it("is the server's everywhere else", async () => {
    expect(await put('/usual', 1_000)).toBe(200);
    expect(await put('/usual', 1_001)).toBe(413);
  });
});
