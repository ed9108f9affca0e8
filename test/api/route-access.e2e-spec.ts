import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequireScope } from '../../src/http/index.js';
import { RequireFeature } from '../../src/tenancy/index.js';
import { type TestApp, createTestApp } from '../support/app.js';

@Controller('v1/forgotten')
class ForgottenController {
  @Get()
  read() {
    return 'open to everybody';
  }
}

@Controller('v1/misspelt')
class MisspeltController {
  @Get()
  @RequireScope('tenant:raed')
  read() {
    return '';
  }
}

@RequireScope('tenant:read')
@Controller('v1/unfeatured')
class UnfeaturedController {
  @Get()
  @RequireFeature('custom_domain' as 'custom_domains')
  read() {
    return '';
  }
}

@Module({ controllers: [ForgottenController, MisspeltController, UnfeaturedController] })
class CarelessModule {}

describe('a route that does not say who may call it, or names what is not known', () => {
  let api: TestApp;
  beforeAll(async () => {
    api = await createTestApp();
  });
  afterAll(() => api.close());

  it('stops the start of the application with its name', async () => {
    const start = createTestApp({ sharing: api, imports: [CarelessModule] });
    await expect(start).rejects.toThrow(
      /ForgottenController\.read declares no access[\s\S]+MisspeltController\.read needs the scope "tenant:raed"[\s\S]+UnfeaturedController\.read needs the feature "custom_domain"/,
    );
  });
});
