import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Deployment } from 'kubernetes-types/apps/v1.js';
import type { Job } from 'kubernetes-types/batch/v1.js';
import { loadConfig } from '../../src/config/index.js';
import { expectToExist, unknownOf } from './known-names.js';
import { containerOf, podOf, readConfigMap, readManifest, readYaml, root } from './manifests.js';
import { typeErrorsOf } from './type-errors.js';

interface Kustomization {
  resources?: string[];
  components?: string[];
  configMapGenerator?: { name: string; envs: string[] }[];
}

const deployment = readManifest('deployment.yaml');
const job = readManifest('migrate/job.yaml');
const workloads = [deployment, job];
const config = readConfigMap();
const labels = deployment.spec!.template.metadata!.labels;

describe('the manifests of Kubernetes', () => {
  const folders = ['', 'migrate/'];
  const resourcesOf = (folder: string) =>
    (readYaml(`${folder}kustomization.yaml`) as Kustomization).resources!.map((name) => folder + name);
  const every = folders
    .flatMap(resourcesOf)
    .map((name) => readYaml(name) as Deployment & { apiVersion: string; kind: string });

  it('are all applied, with the image that one place names', () => {
    const files = folders.flatMap((folder) =>
      readdirSync(`${root}deploy/kubernetes/${folder}`)
        .filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml')
        .map((name) => folder + name),
    );
    expect(folders.flatMap(resourcesOf).toSorted()).toEqual(files.toSorted());
    const { components } = readYaml('kustomization.yaml') as Kustomization;
    expect(components).toEqual(['image']);
    expect((readYaml('migrate/kustomization.yaml') as Kustomization).components).toEqual(['../image']);
    const { images } = readYaml('image/kustomization.yaml') as { images: { name: string }[] };
    expect(workloads.map((each) => containerOf(each).image)).toEqual(
      images.flatMap(({ name }) => [name, name]),
    );
  });

  it('are what the API of Kubernetes takes', () => {
    const misspelt = structuredClone(every.find(({ kind }) => kind === 'Deployment')!);
    Object.assign(containerOf(misspelt).readinessProbe!, { periodSecond: 5 });
    const incomplete = { apiVersion: 'batch/v1', kind: 'Job', spec: {} };
    // One program for all of them, since it takes a second: those that are wrong, and no other.
    expect(typeErrorsOf([...every, misspelt, incomplete])).toEqual([
      expect.stringContaining('"periodSecond"'),
      expect.stringContaining("'template' is missing"),
    ]);
  });

  it('have pods without privileges, a token, or variables of the Services around them', () => {
    for (const workload of workloads) {
      expect(podOf(workload)).toMatchObject({
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      });
      expect(containerOf(workload)).toMatchObject({
        securityContext: {
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        },
        resources: { requests: { memory: expect.any(String) }, limits: { memory: expect.any(String) } },
      });
    }
  });

  it('name programs, commands and variables that exist, and take secrets by reference', () => {
    for (const workload of workloads) {
      const { command, env } = containerOf(workload);
      expectToExist(command!);
      expect(unknownOf(env!.map(({ name }) => name))).toEqual([]);
      expect(env!.filter(({ name, value }) => name.endsWith('_URL') && value !== undefined)).toEqual([]);
    }
    expect(unknownOf(Object.keys(config))).toEqual([]);
    const url = (login: string) =>
      `postgres://${login}:secret@database.example.com/rowhouse?sslmode=verify-full`;
    const urls = { DATABASE_URL: url('rowhouse_app'), CONTROL_DATABASE_URL: url('rowhouse_control') };
    expect(() => loadConfig({ ...config, ...urls })).not.toThrow();
  });

  it('migrate in a Job of their own, whose login no other pod has', () => {
    expect(podOf(job).restartPolicy).toBe('Never');
    expect(containerOf(job).command).toEqual(['node', 'dist/cli.js', 'db:migrate']);
    const secretsOf = (workload: Deployment | Job) =>
      containerOf(workload).env!.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? []);
    expect(new Set(secretsOf(job))).toEqual(new Set(['rowhouse-migrator']));
    expect(new Set(secretsOf(deployment))).toEqual(new Set(['rowhouse']));
  });

  it('ask each probe what it is for, at a port that the service listens on', () => {
    const { startupProbe, readinessProbe, livenessProbe, ports } = containerOf(deployment);
    const probes = [startupProbe, readinessProbe, livenessProbe].map((probe) => probe!.httpGet!);
    expect(probes.map(({ path }) => path)).toEqual(['/health/startup', '/health/ready', '/health/live']);
    const portOf = (name: unknown) => ports!.find((port) => port.name === name)?.containerPort;
    expect(probes.map(({ port }) => String(portOf(port)))).toEqual(Array(3).fill(config['PORT']));
    expect(String(portOf('metrics'))).toBe(config['METRICS_PORT']);
    const { spec } = readManifest('service.yaml');
    expect(spec!.ports!.map(({ targetPort }) => String(portOf(targetPort)))).toEqual([config['PORT']]);
    const { ingress } = readManifest('network-policy.yaml').spec!;
    expect(ingress!.flatMap(({ ports: open }) => open!.map(({ port }) => String(portOf(port))))).toEqual([
      config['PORT'],
      config['METRICS_PORT'],
    ]);
  });

  it('let every request finish, and give a pod more time to end than it takes', () => {
    const [longest, delay, drain] = ['REQUEST_TIMEOUT_MS', 'SHUTDOWN_DELAY_MS', 'DRAIN_TIMEOUT_MS'].map(
      (name) => Number(config[name]),
    ) as [number, number, number];
    expect(drain).toBeGreaterThan(longest);
    expect(podOf(deployment).terminationGracePeriodSeconds! * 1_000).toBeGreaterThan(delay + drain);
  });

  it('never have fewer pods while they roll, and no more than a database has connections for', () => {
    const { strategy, replicas, progressDeadlineSeconds } = deployment.spec!;
    expect(strategy!.rollingUpdate).toEqual({ maxUnavailable: 0, maxSurge: 1 });
    const { startupProbe } = containerOf(deployment);
    expect(progressDeadlineSeconds).toBeGreaterThan(
      startupProbe!.periodSeconds! * startupProbe!.failureThreshold!,
    );
    const autoscaler = readManifest('autoscaler.yaml').spec!;
    expect(replicas).toBeUndefined();
    expect(autoscaler.minReplicas).toBeGreaterThan(1);
    // What PostgreSQL allows unless told otherwise, less those it keeps for administrators.
    expect((autoscaler.maxReplicas + 1) * 15).toBeLessThanOrEqual(100 - 3);
    const budget = readManifest('disruption-budget.yaml').spec!;
    expect(budget.maxUnavailable).toBe(1);
  });

  it('mean the same pods everywhere', () => {
    const spread = podOf(deployment).topologySpreadConstraints!.map(
      ({ labelSelector }) => labelSelector!.matchLabels,
    );
    const others = [
      deployment.spec!.selector.matchLabels,
      readManifest('service.yaml').spec!.selector,
      readManifest('disruption-budget.yaml').spec!.selector!.matchLabels,
      readManifest('network-policy.yaml').spec!.podSelector.matchLabels,
    ];
    for (const selector of [...spread, ...others]) expect(selector).toEqual(labels);
    expect(readManifest('migrate/network-policy.yaml').spec!.podSelector.matchLabels).toEqual(
      job.spec!.template.metadata!.labels,
    );
  });
});
