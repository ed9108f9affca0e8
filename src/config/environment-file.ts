import type { DynamicModule } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { ConfigError } from './config-error.js';
import type { Config } from './config.js';
import { loadConfig } from './load-config.js';

/** Adds the variables of `.env` to the environment; those already set go first. Tests read no developer's file. */
export async function readEnvironmentFile(): Promise<DynamicModule> {
  try {
    return await ConfigModule.forRoot({ cache: true, ignoreEnvFile: process.env['NODE_ENV'] === 'test' });
  } catch {
    throw new ConfigError(['The file .env exists but cannot be read']);
  }
}

/** `.env` and the environment as one Config, for code that runs before or without Nest. Throws ConfigError. */
export async function readConfig(): Promise<Config> {
  await readEnvironmentFile();
  return loadConfig(process.env);
}
