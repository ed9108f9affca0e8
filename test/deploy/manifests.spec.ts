import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { program } from '../../src/cli/index.js';
import { renderEnvExample } from '../../src/config/index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string) => readFileSync(root + name, 'utf8');

/** Read by the commands, and not by the configuration of the service. */
const KNOWN_BESIDE = ['ADMIN_DATABASE_URL'];
const variables = new Set([...renderEnvExample().matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name));
const unknownOf = (names: string[]) =>
  names.filter((name) => !variables.has(name) && !KNOWN_BESIDE.includes(name));

interface ComposeService {
  depends_on?: Record<string, { condition: string }>;
  environment?: Record<string, string>;
  command?: string[];
  healthcheck?: object;
  image: string;
}
interface Container {
  command: string[];
  env: { name: string; value?: string; valueFrom?: { secretKeyRef: { name: string; key: string } } }[];
  startupProbe?: Probe;
  readinessProbe?: Probe;
  livenessProbe?: Probe;
  securityContext: object;
}
interface Probe {
  httpGet: { path: string };
}
interface Manifest {
  kind: string;
  spec: {
    template: {
      spec: { containers: Container[]; terminationGracePeriodSeconds: number; restartPolicy?: string };
    };
  };
}

/** Each `dist/x.js` of a command line, and the words after it. */
function programsIn(command: readonly string[]): { script: string; args: string[] }[] {
  const words = command.flatMap((word) => word.split(/[\s;]+/));
  return words.flatMap((script, at) =>
    script.startsWith('dist/') ? [{ script, args: words.slice(at + 1) }] : [],
  );
}

const commands = new Set(program.commands.map((command) => command.name()));
function expectToExist(command: readonly string[]): void {
  for (const { script, args } of programsIn(command)) {
    expect(existsSync(root + script.replace('dist/', 'src/').replace('.js', '.ts'))).toBe(true);
    if (script === 'dist/cli.js') expect(commands).toContain(args[0]);
  }
}

describe('docker-compose.yml', () => {
  const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
    services: Record<string, ComposeService>;
  };
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

  it('names programs, commands and variables that exist', () => {
    for (const { command = [], environment = {}, image } of Object.values(services)) {
      expectToExist(command);
      if (image === 'rowhouse') expect(unknownOf(Object.keys(environment))).toEqual([]);
    }
  });

  it('holds no password but the one that says what it is for', () => {
    const passwords = [
      ...read('docker-compose.yml').matchAll(/PASSWORD:-([^}]*)\}|postgres:\/\/[^$\s:]+:([^@$]+)@/g),
    ];
    expect(new Set(passwords.map(([, given, literal]) => given ?? literal))).toEqual(
      new Set(['for-development-only']),
    );
  });
});

describe('the Dockerfile', () => {
  const dockerfile = read('Dockerfile');

  it('copies nothing that .dockerignore holds back', () => {
    const allowed = new Set(
      read('.dockerignore')
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
    const last = dockerfile.slice(dockerfile.lastIndexOf('FROM '));
    expect(last).toMatch(/^USER node$/m);
    expect(last).toContain('/health/ready');
    expectToExist(JSON.parse(/^CMD (\[.*\])$/m.exec(last)![1]!) as string[]);
    const names = /^ENV (.*)$/m
      .exec(last)![1]!
      .split(' ')
      .map((assignment) => assignment.split('=')[0]!);
    expect(unknownOf(names)).toEqual([]);
  });
});

describe('the manifests of Kubernetes', () => {
  const load = (name: string) =>
    parseAllDocuments(read(`deploy/kubernetes/${name}`)).map((document) => document.toJS() as Manifest);
  let job: Manifest;
  let deployment: Manifest;
  beforeAll(() => {
    [job] = load('migrate.job.yaml') as [Manifest];
    [deployment] = load('deployment.yaml') as [Manifest];
  });
  const podOf = ({ spec }: Manifest) => spec.template.spec;
  const containerOf = (manifest: Manifest) => podOf(manifest).containers[0]!;

  it('migrate in a Job of their own, whose login no other pod has', () => {
    expect(job.kind).toBe('Job');
    expect(podOf(job).restartPolicy).toBe('Never');
    expect(containerOf(job).command).toEqual(['node', 'dist/cli.js', 'db:migrate']);
    const secretsOf = (manifest: Manifest) =>
      containerOf(manifest).env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef.name ?? []);
    expect(new Set(secretsOf(job))).toEqual(new Set(['rowhouse-migrator']));
    expect(new Set(secretsOf(deployment))).toEqual(new Set(['rowhouse']));
  });

  it('send no request to a pod whose database is behind', () => {
    const { startupProbe, readinessProbe, livenessProbe } = containerOf(deployment);
    expect(startupProbe!.httpGet.path).toBe('/health/startup');
    expect(readinessProbe!.httpGet.path).toBe('/health/ready');
    expect(livenessProbe!.httpGet.path).toBe('/health/live');
  });

  it('give a pod more time to end than it takes', () => {
    const value = (name: string) =>
      Number(containerOf(deployment).env.find((variable) => variable.name === name)!.value);
    const graceMs = podOf(deployment).terminationGracePeriodSeconds * 1_000;
    expect(graceMs).toBeGreaterThan(value('SHUTDOWN_DELAY_MS') + value('DRAIN_TIMEOUT_MS'));
  });

  it('name programs, commands and variables that exist, and take secrets by reference', () => {
    for (const manifest of [job, deployment]) {
      const { command, env, securityContext } = containerOf(manifest);
      expectToExist(command);
      expect(unknownOf(env.map(({ name }) => name))).toEqual([]);
      expect(env.filter(({ name, value }) => name.endsWith('_URL') && value !== undefined)).toEqual([]);
      expect(securityContext).toMatchObject({
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
      });
    }
  });
});
