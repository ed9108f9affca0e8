import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFolder } from '../../src/migrations/index.js';
import { median } from '../statistics.js';
import { writeSteps } from './steps.js';

const STEPS = 300;
const ROUNDS = 7;
const TARGET_MS = 2_000;

/** `npm run bench:check`: how long `db:check` takes over 300 steps, each with a snapshot of a growing schema. */
const loadedMs = performance.now();
const folder = await mkdtemp(join(tmpdir(), 'rowhouse-check-'));
try {
  const { bytes } = await writeSteps(folder, STEPS);
  const before = process.cpuUsage();
  const first = await timed();
  const { user, system } = process.cpuUsage(before);
  // The first loads the rules and the parser; with the start of Node it is what a person waits for.
  const processMs = Math.round(loadedMs + first.ms);
  const rest: number[] = [];
  for (let round = 1; round < ROUNDS; round++) rest.push((await timed()).ms);
  console.log(
    `db:check of ${STEPS} steps (${Math.round(bytes / 1024)} KiB, ${first.findings} findings): ` +
      `${processMs} ms from the start of Node, ${Math.round(first.ms)} ms the check itself ` +
      `(${Math.round((user + system) / 1_000)} ms of processor time), ` +
      `${Math.round(median(rest))} ms when warm; at most ${TARGET_MS} ms: ${processMs <= TARGET_MS ? 'met' : 'MISSED'}`,
  );
} finally {
  await rm(folder, { recursive: true });
}

async function timed(): Promise<{ ms: number; findings: number }> {
  const startedAt = performance.now();
  const { findings } = await checkFolder(folder);
  return { ms: performance.now() - startedAt, findings: findings.length };
}
