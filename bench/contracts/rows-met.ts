import type { Plan } from './capture.js';

const SCAN =
  /(?:Seq Scan|Index Scan(?: Backward)?|Index Only Scan(?: Backward)?|Bitmap Heap Scan).* on (\w+).* \(actual rows=([\d.]+) loops=(\d+)\)/;
const REMOVED = /Rows Removed by (?:Filter|Index Recheck): (\d+)/;

/**
 * How many rows of each table the statements looked at, those that a filter then dropped included. Unlike the kind of a
 * scan it does not depend on what the planner believes of a small table, and it is what must not grow.
 */
export function rowsMet(plans: Plan[]): Record<string, number> {
  const met: Record<string, number> = {};
  for (const { plan } of plans) {
    let scan: { table: string; loops: number } | undefined;
    for (const line of plan.split('\n')) {
      const [, table, rows, loops] = SCAN.exec(line) ?? [];
      const removed = Number(REMOVED.exec(line)?.[1] ?? 0);
      if (table !== undefined) {
        scan = { table, loops: Number(loops) };
        met[table] = (met[table] ?? 0) + Math.round(Number(rows) * scan.loops);
      } else if (scan && removed > 0) met[scan.table]! += removed * scan.loops;
      else if (line.includes('->')) scan = undefined;
    }
  }
  return met;
}
