import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config-error.js';
import { AppConfigModule } from './config.module.js';
import { Config } from './config.js';
import { readConfig } from './environment-file.js';
import { loadConfig } from './load-config.js';

const DOTENV = [
  'DATABASE_URL=postgres://rowhouse_app:pw@localhost/from_file',
  'CONTROL_DATABASE_URL=postgres://rowhouse_control:pw@localhost/from_file',
  'PORT=4000',
].join('\n');

class Consumer {
  constructor(readonly config: Config) {}
}

@Module({
  providers: [{ provide: Consumer, useFactory: (config: Config) => new Consumer(config), inject: [Config] }],
})
class ConsumerModule {}

describe('AppConfigModule', () => {
  const env = { ...process.env };
  const directory = process.cwd();

  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'rowhouse-'));
    writeFileSync(join(folder, '.env'), DOTENV);
    process.chdir(folder);
    for (const name of ['DATABASE_URL', 'CONTROL_DATABASE_URL', 'PORT']) delete process.env[name];
  });

  afterEach(() => {
    process.chdir(directory);
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
  });

  it('provides .env everywhere, with the environment going first', async () => {
    Object.assign(process.env, { NODE_ENV: 'development', PORT: '5000' });
    const config = (await start()).get(Consumer).config;
    expect(config.http.port).toBe(5000);
    expect(config.database.tenant.database).toBe('from_file');
  });

  it('reads no .env in tests', async () => {
    await expect(start()).rejects.toThrow(ConfigError);
    await expect(readConfig()).rejects.toThrow('DATABASE_URL and CONTROL_DATABASE_URL are missing');
  });

  it('provides the very Config it is given and reads nothing', async () => {
    process.env['NODE_ENV'] = 'development';
    const config = loadConfig({
      DATABASE_URL: 'postgres://a@localhost/x',
      CONTROL_DATABASE_URL: 'postgres://b@localhost/x',
    });
    expect((await start(config)).get(Consumer).config).toBe(config);
    expect(process.env['PORT']).toBeUndefined();
  });

  it('reads the same outside Nest', async () => {
    process.env['NODE_ENV'] = 'development';
    expect((await readConfig()).http.port).toBe(4000);
  });
});

function start(config?: Config) {
  return Test.createTestingModule({ imports: [AppConfigModule.forRoot(config), ConsumerModule] }).compile();
}
