import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Ready } from './child.js';

/** A forked process of the benchmark. One question at a time. */
export interface Child extends Ready {
  ask<T>(kind: string, question?: unknown): Promise<T>;
  stop(): Promise<void>;
}

/** Forks `<module>.js` of this folder and waits until it reports that it serves. */
export async function startChild(
  module: string,
  env: Record<string, string>,
  execArgv: string[] = [],
): Promise<Child> {
  const { PATH, HOME } = process.env;
  const child = fork(join(import.meta.dirname, `${module}.js`), {
    env: { PATH, HOME, ...env },
    execArgv: ['--expose-gc', ...execArgv],
    serialization: 'advanced',
    // A server's log is written as in production, and read by nobody.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ready = await nextAnswer<Ready>(child, module);
  return {
    ...ready,
    ask: <T>(kind: string, question?: unknown) => {
      const answer = nextAnswer<T>(child, module);
      child.send({ kind, question });
      return answer;
    },
    stop: () => stop(child),
  };
}

function nextAnswer<T>(child: ChildProcess, module: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`${module} ended with code ${code}`));
    child.once('exit', onExit);
    child.once('message', ({ answer, error }: { answer: T; error?: string }) => {
      child.off('exit', onExit);
      if (error === undefined) resolve(answer);
      else reject(new Error(`${module}: ${error}`));
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const kill = setTimeout(() => child.kill('SIGKILL'), 5_000);
    child.once('exit', () => {
      clearTimeout(kill);
      resolve();
    });
    child.disconnect();
  });
}
