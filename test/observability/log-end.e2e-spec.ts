import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it } from '@jest/globals';
import { childEnvironment } from '../support/child-environment.js';

/** Logs `lines` lines in production's way as soon as it is told to, and ends at once. */
const program = (lines: number) => `
  import { logDestination } from './dist/observability/logs/log-destination.js';
  const log = logDestination({ environment: 'production', log: { level: 'info', pretty: false, destination: 1 } });
  process.stdin.on('end', () => {
    for (let i = 0; i < ${lines}; i++) log.write('x'.repeat(99) + '\\n');
    process.exit(0);
  }).resume();`;

const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

function start(lines: number) {
  const args = ['--input-type=module', '-e', program(lines)];
  const child = spawn(process.execPath, args, { env: childEnvironment(), stdio: ['pipe', 'pipe', 'ignore'] });
  children.push(child);
  return child;
}

it('a process whose log nobody reads any more still ends', async () => {
  const child = start(1);
  child.stdout.destroy();
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it('a process that ends has written all that it logged', async () => {
  const child = start(20_000);
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => (bytes += chunk.length));
  child.stdin.end();
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(bytes).toBe(20_000 * 100);
});
