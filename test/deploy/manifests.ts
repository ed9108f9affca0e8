import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import type { Deployment } from 'kubernetes-types/apps/v1.js';
import type { Job } from 'kubernetes-types/batch/v1.js';
import type { Container, PodSpec } from 'kubernetes-types/core/v1.js';
import { parse } from 'yaml';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
export const readText = (path: string): string => readFileSync(root + path, 'utf8');

/** A manifest of deploy/kubernetes. */
export const readManifest = <T>(name: string): T => parse(readText(`deploy/kubernetes/${name}`)) as T;

/** What all pods of the service are told, from which kustomize makes their ConfigMap. */
export const readConfigMap = (): Record<string, string> =>
  parseEnv(readText('deploy/kubernetes/config.env')) as Record<string, string>;

export const podOf = ({ spec }: Deployment | Job): PodSpec => spec!.template.spec!;
export const containerOf = (manifest: Deployment | Job): Container => podOf(manifest).containers[0]!;
