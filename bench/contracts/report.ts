import { keep } from '../report.js';
import type { ContractsDatabase } from './database.js';
import type { Deployability } from './deployability.js';
import type { Latency } from './latency.js';
import type { MatrixWalk } from './matrix.js';
import type { Recording } from './recording.js';

export interface ContractsReport {
  at: string;
  machine: Record<string, unknown>;
  databases: ContractsDatabase[];
  deployability: Deployability[];
  recording: Recording;
  matrix: MatrixWalk;
  reads: Record<string, Latency>;
}

export function printContracts(report: ContractsReport): void {
  const { databases, deployability, recording, matrix, reads } = report;
  console.table(
    databases.map(({ interactions, loadSeconds, sizeMiB }) => ({ interactions, loadSeconds, ...sizeMiB })),
  );
  console.log('\ncan-i-deploy, by interactions in the tenant: p50 (p99) in ms');
  console.table(
    deployability.map(({ question, pairs, bySize, growth }) => ({
      question,
      pairs,
      ...Object.fromEntries(
        Object.entries(bySize).map(([size, { p50Ms, p99Ms }]) => [size, `${p50Ms} (${p99Ms})`]),
      ),
      growth,
    })),
  );
  console.log('\nBatch of 500');
  console.table(recording);
  console.log('\nMatrix of 200 x 200');
  console.table({ ...matrix, memoryMiB: JSON.stringify(matrix.memoryMiB) });
  console.log('\nReads');
  console.table(reads);
  console.table([
    verdict(
      'can-i-deploy p50, ms',
      Math.max(...deployability.flatMap((each) => Object.values(each.bySize).map(({ p50Ms }) => p50Ms))),
      10,
    ),
    verdict(
      'can-i-deploy growth with interactions',
      Math.max(...deployability.map(({ growth }) => growth)),
      1.5,
    ),
    verdict('batch of 500 p50, ms', Math.max(...Object.values(recording).map(({ p50Ms }) => p50Ms)), 250),
    verdict('last pages of the matrix to the first', matrix.lastPagesMs / matrix.firstPagesMs, 1.5),
    verdict('heap after the matrix to before', matrix.memoryMiB.heapAfter / matrix.memoryMiB.heapBefore, 1.1),
  ]);
}

const verdict = (what: string, measured: number, atMost: number) => ({
  what,
  measured: Math.round(measured * 100) / 100,
  atMost,
  result: measured <= atMost ? 'reached' : 'MISSED',
});

export const keepContracts = (report: ContractsReport, isQuick: boolean): Promise<string> =>
  keep(report, '-contracts', isQuick);
