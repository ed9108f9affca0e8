import { Global, Module, type DynamicModule } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { Config } from './config.js';
import { readEnvironmentFile } from './environment-file.js';
import { loadConfig } from './load-config.js';

/**
 * Provides {@link Config} everywhere: the given one (tests, a start that has read it already), else the one read from
 * `.env` and the environment when Nest builds its providers, where a ConfigError rejects `NestFactory.create`.
 */
@Global()
@Module({})
export class AppConfigModule {
  static forRoot(config?: Config): DynamicModule {
    const module = AppConfigModule;
    if (config) return { module, providers: [{ provide: Config, useValue: config }], exports: [Config] };
    return {
      module,
      imports: [readEnvironmentFile()],
      // ConfigService is asked for only because it exists once `.env` has been read.
      providers: [{ provide: Config, useFactory: () => loadConfig(process.env), inject: [ConfigService] }],
      exports: [Config],
    };
  }
}
