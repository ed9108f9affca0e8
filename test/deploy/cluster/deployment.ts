import type { Deployment as Manifest } from 'kubernetes-types/apps/v1.js';
import { eventually } from '../../support/eventually.js';
import { podOf } from '../manifests.js';
import type { End } from './container.js';
import { Pod } from './pod.js';
import type { Service } from './service.js';

/**
 * A Deployment as its controller rolls it: with `maxUnavailable: 0` and `maxSurge: 1` a pod of the new version is started
 * and ready before one of the old is told to end, and nobody waits for that end.
 */
export class Deployment {
  readonly pods: Pod[] = [];
  readonly ends: Promise<End>[] = [];
  private count = 0;

  constructor(
    private readonly manifest: Manifest,
    private readonly service: Service,
  ) {}

  /** A pod more. */
  async add(environment: Record<string, string>): Promise<Pod> {
    const pod = await Pod.start(`pod-${++this.count}`, podOf(this.manifest), environment);
    this.service.watch(pod);
    this.pods.push(pod);
    return pod;
  }

  /** A pod of the new environment in place of an old one; rejects where it is not ready within `deadlineMs`. */
  async replace(old: Pod, environment: Record<string, string>, deadlineMs: number): Promise<void> {
    const pod = await this.add(environment);
    await eventually(() => {
      if (!pod.isReady) throw new Error(`${pod.name} is not ready:\n${pod.container.text}`);
    }, deadlineMs);
    this.remove(old);
  }

  /** Tells a pod to end, and does not wait for it. */
  remove(pod: Pod): void {
    this.pods.splice(this.pods.indexOf(pod), 1);
    this.ends.push(pod.delete());
  }

  /** Ends all that is left. */
  async delete(): Promise<void> {
    while (this.pods[0]) this.remove(this.pods[0]);
    await Promise.all(this.ends);
  }
}
