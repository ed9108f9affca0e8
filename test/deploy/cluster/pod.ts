import { EventEmitter } from 'node:events';
import type { PodSpec } from 'kubernetes-types/core/v1.js';
import { freePort } from '../../limits/redis-server.js';
import { Container, type End } from './container.js';
import { watch } from './probe.js';
import { fastSeconds } from './time.js';

/** The kubelet's first pause before it starts a container anew that ended, in Kubernetes' seconds. */
const BACK_OFF_S = 10;

/**
 * A pod as the kubelet runs it: starts its container and starts it anew when it ends or is not alive, asks its probes, and
 * tells by `readiness` when that changes.
 */
export class Pod extends EventEmitter<{ readiness: [] }> {
  isReady = false;
  restarts = 0;
  container!: Container;
  /** Since `delete()`. */
  isEnding = false;

  private constructor(
    readonly name: string,
    private readonly spec: PodSpec,
    private readonly environment: Record<string, string>,
    readonly port: number,
  ) {
    super();
  }

  /** Its address is a port of its own, where in a cluster it has an address of its own. */
  static async start(name: string, spec: PodSpec, environment: Record<string, string>): Promise<Pod> {
    const [port, metricsPort] = [await freePort(), await freePort()];
    const pod = new Pod(
      name,
      spec,
      { ...environment, PORT: String(port), METRICS_PORT: String(metricsPort) },
      port,
    );
    void pod.run();
    return pod;
  }

  /** No longer ready from now on; resolves once its process is gone. */
  async delete(): Promise<End> {
    this.isEnding = true;
    this.setReady(false);
    return this.container.end(this.graceMs);
  }

  private async run(): Promise<void> {
    for (; !this.isEnding; this.restarts++) {
      this.container = new Container(this.spec.containers[0]!.command!, this.environment);
      const { container } = this;
      let hasEnded = false;
      void this.ask(container, () => hasEnded || this.isEnding);
      await container.ended;
      hasEnded = true;
      this.setReady(false);
      if (!this.isEnding) await new Promise((resolve) => setTimeout(resolve, fastSeconds(BACK_OFF_S)));
    }
  }

  /** The probes of one container: its start first, then whether it is ready, and alive. */
  private async ask(container: Container, isOver: () => boolean): Promise<void> {
    const { startupProbe, readinessProbe, livenessProbe } = this.spec.containers[0]!;
    let hasStarted = false;
    const restartUnless = (isGood: boolean) => {
      if (!isGood) void container.end(this.graceMs);
    };
    await watch(
      startupProbe!,
      this.port,
      () => hasStarted || isOver(),
      (isGood) => {
        hasStarted = isGood;
        restartUnless(isGood);
      },
    );
    void watch(readinessProbe!, this.port, isOver, (isGood) => this.setReady(isGood));
    void watch(livenessProbe!, this.port, isOver, restartUnless);
  }

  private get graceMs(): number {
    return fastSeconds(this.spec.terminationGracePeriodSeconds!);
  }

  private setReady(isReady: boolean): void {
    if (this.isReady === isReady) return;
    this.isReady = isReady;
    this.emit('readiness');
  }
}
