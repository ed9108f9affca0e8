import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { childEnvironment } from '../../support/child-environment.js';
import { keepOutput } from '../../support/test-logs.js';
import { root } from '../manifests.js';

/** How a container ended: of itself, by a signal, or as it was told to. */
export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** From SIGTERM on. */
  tookMs: number;
}

/** A process of a pod: the command of its manifest on the Node of the tests, with nothing in its environment but what it is given. */
export class Container {
  readonly ended: Promise<End>;
  private readonly child: ChildProcess;
  private toldAt = Date.now();
  private output = '';

  constructor([, ...args]: string[], environment: Record<string, string>) {
    this.child = spawn(process.execPath, args, { cwd: root, env: { ...childEnvironment(), ...environment } });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.on('data', (chunk) => (this.output += String(chunk)));
    this.ended = once(this.child, 'close').then(([code, signal]) => {
      keepOutput(this.output);
      return { code, signal, tookMs: Date.now() - this.toldAt };
    });
  }

  get text(): string {
    return this.output;
  }

  /** SIGTERM, and SIGKILL where the grace period was not enough. */
  async end(graceMs: number): Promise<End> {
    this.toldAt = Date.now();
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), graceMs);
    return this.ended.finally(() => clearTimeout(late));
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}
