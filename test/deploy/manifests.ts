import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import type { Deployment } from 'kubernetes-types/apps/v1.js';
import type { Job } from 'kubernetes-types/batch/v1.js';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2.js';
import type { Container, PodSpec, Service } from 'kubernetes-types/core/v1.js';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1.js';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1.js';
import { parse } from 'yaml';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
export const readText = (path: string): string => readFileSync(root + path, 'utf8');

interface Manifests {
  'deployment.yaml': Deployment;
  'autoscaler.yaml': HorizontalPodAutoscaler;
  'disruption-budget.yaml': PodDisruptionBudget;
  'network-policy.yaml': NetworkPolicy;
  'service.yaml': Service;
  'migrate/job.yaml': Job;
  'migrate/network-policy.yaml': NetworkPolicy;
}

/** A file of deploy/kubernetes. */
export const readYaml = (name: string): unknown => parse(readText(`deploy/kubernetes/${name}`));

/** A manifest of deploy/kubernetes, of the type that manifests.spec.ts finds it to have. */
export const readManifest = <N extends keyof Manifests>(name: N): Manifests[N] =>
  readYaml(name) as Manifests[N];

/** What all pods of the service are told, from which kustomize makes their ConfigMap. */
export const readConfigMap = (): Record<string, string> =>
  parseEnv(readText('deploy/kubernetes/config.env')) as Record<string, string>;

export const podOf = ({ spec }: Deployment | Job): PodSpec => spec!.template.spec!;
export const containerOf = (manifest: Deployment | Job): Container => podOf(manifest).containers[0]!;
