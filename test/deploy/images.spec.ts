import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { expectToExist, programsIn, unknownOf } from './known-names.js';
import { readText, root } from './manifests.js';

interface ComposeService {
  depends_on?: Record<string, { condition: string }>;
  environment?: Record<string, string | number>;
  command?: string[];
  healthcheck?: object;
  image?: string;
  ports?: string[];
  restart?: string;
  stop_grace_period?: string;
  [option: string]: unknown;
}
const servicesOf = (file: string) =>
  (parse(readText(file), { merge: true }) as { services: Record<string, ComposeService> }).services;
/** What `${NAME}`, `${NAME:-default}` or `${NAME:?why}` of a file may leave unset. */
const optionalIn = (file: string) =>
  [...readText(file).matchAll(/\$\{(\w+)(:?[-?]?)/g)]
    .filter(([, , mark]) => mark !== ':?')
    .map(([, name]) => name);

describe('docker-compose.yml', () => {
  const services = servicesOf('docker-compose.yml');
  const { postgres, redis, bootstrap, migrate, app } = services;

  it('starts the service after the migration, and the migration after a bootstrapped database', () => {
    expect(bootstrap!.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(migrate!.depends_on).toEqual({ bootstrap: { condition: 'service_completed_successfully' } });
    expect(app!.depends_on).toEqual({
      migrate: { condition: 'service_completed_successfully' },
      redis: { condition: 'service_healthy' },
    });
    expect([postgres!.healthcheck, redis!.healthcheck]).toEqual([expect.any(Object), expect.any(Object)]);
    expect(programsIn(migrate!.command!)).toEqual([{ script: 'dist/cli.js', args: ['db:migrate'] }]);
  });

  it('starts again what runs for long when it ends, and publishes the API alone, to this machine', () => {
    expect([postgres, redis, app].map((service) => service!.restart)).toEqual(
      Array(3).fill('unless-stopped'),
    );
    const published = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
    expect(published.map(([name]) => name)).toEqual(['app']);
    expect(app!.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
  });

  it('holds no password but the one that says what it is for', () => {
    const passwords = [
      ...readText('docker-compose.yml').matchAll(/PASSWORD:-([^}]*)\}|postgres:\/\/[^$\s:]+:([^@$]+)@/g),
    ];
    expect(new Set(passwords.map(([, given, literal]) => given ?? literal))).toEqual(
      new Set(['for-development-only']),
    );
  });
});

describe('deploy/compose.production.yml', () => {
  const services = servicesOf('deploy/compose.production.yml');
  const development = servicesOf('docker-compose.yml');

  it('is about the services that there are, and has no default for what must be given', () => {
    expect(Object.keys(services).toSorted()).toEqual(Object.keys(development).toSorted());
    expect(optionalIn('deploy/compose.production.yml')).toEqual([]);
    // Each that has one in development.
    for (const name of optionalIn('docker-compose.yml').filter((each) => each !== 'ROWHOUSE_PORT'))
      expect(readText('deploy/compose.production.yml')).toContain(`\${${name}:?`);
  });

  it('confines what runs, bounds what it takes and logs, and publishes nothing more', () => {
    for (const [name, { logging, mem_limit, ports, ...service }] of Object.entries(services)) {
      expect({ name, logging, mem_limit, ports }).toEqual({
        name,
        logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '5' } },
        mem_limit: expect.any(String),
        ports: undefined,
      });
      if (['postgres', 'redis'].includes(name)) continue;
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], pids_limit: 128 });
      expect(service.environment).toMatchObject({ NODE_ENV: 'production' });
    }
  });

  it('gives requests the time to finish before it kills', () => {
    for (const { app } of [services, development]) {
      const drainMs = Number(app!.environment!['DRAIN_TIMEOUT_MS'] ?? 10_000);
      expect(parseInt(app!.stop_grace_period!) * 1_000).toBeGreaterThan(drainMs);
    }
  });
});

it.each(['docker-compose.yml', 'deploy/compose.production.yml'])(
  '%s names programs, commands and variables that exist',
  (file) => {
    for (const [name, { command = [], environment = {} }] of Object.entries(servicesOf(file))) {
      expectToExist(command);
      if (name !== 'postgres') expect(unknownOf(Object.keys(environment))).toEqual([]);
    }
  },
);

describe('the Dockerfile', () => {
  const dockerfile = readText('Dockerfile');
  const last = dockerfile.slice(dockerfile.lastIndexOf('FROM '));

  it('copies nothing that .dockerignore holds back', () => {
    const allowed = new Set(
      readText('.dockerignore')
        .match(/^!.*$/gm)
        ?.map((line) => line.slice(1)),
    );
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, names]) =>
      names!.split(' '),
    );
    expect(copied.filter((name) => !allowed.has(name))).toEqual([]);
    expect(copied.filter((name) => !existsSync(root + name))).toEqual([]);
  });

  it('runs the service as a user without privileges, and asks it whether it is ready', () => {
    expect(last).toMatch(/^USER 1000:1000$/m);
    expect(last).toContain('/health/ready');
    expectToExist(JSON.parse(/^CMD (\[.*\])$/m.exec(last)![1]!) as string[]);
    const names = /^ENV (.*)$/m
      .exec(last)![1]!
      .split(' ')
      .map((assignment) => assignment.split('=')[0]!);
    expect(unknownOf(names)).toEqual([]);
  });

  it('leaves out nothing that the service reads: the fonts of its documents', () => {
    const fonts = readText('src/quoting/documents/typst-process.ts').match(/'noto-[^']+\.ttf'/g)!;
    expect(fonts.filter((font) => !/\/(400Regular|700Bold)\//.test(font))).toEqual([]);
    expect(dockerfile).toContain("'*.ttf' ! -path '*/400Regular/*' ! -path '*/700Bold/*' -delete");
  });
});
