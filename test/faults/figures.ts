/** What came of a fault, or of all of them. */
export interface Figures {
  rounds: number;
  requests: number;
  acknowledged: number;
  refused: number;
  lost: number;
  doubled: number;
  leaked: number;
  untrue: number;
  torn: number;
  unexpected: number;
  exits: number;
  slowestMs: number;
  outageMs: number;
  seconds: number;
}

const WORST: (keyof Figures)[] = ['slowestMs', 'outageMs'];

/** Sums; of times in milliseconds the longest. */
export function total(all: Figures[]): Figures {
  const sum = Object.fromEntries(NAMES.map((name) => [name, 0])) as unknown as Figures;
  for (const figures of all)
    for (const name of NAMES)
      sum[name] = WORST.includes(name) ? Math.max(sum[name], figures[name]) : sum[name] + figures[name];
  return sum;
}

/** As a table for people. */
export function tableOf(rows: Map<string, Figures>): string {
  const lines = [
    ['', ...NAMES],
    ...[...rows].map(([fault, figures]) => [
      fault,
      ...NAMES.map((name) => String(Math.round(figures[name]))),
    ]),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
    )
    .join('\n');
}

const NAMES = [
  'rounds',
  'requests',
  'acknowledged',
  'refused',
  'lost',
  'doubled',
  'leaked',
  'untrue',
  'torn',
  'unexpected',
  'exits',
  'slowestMs',
  'outageMs',
  'seconds',
] as const satisfies (keyof Figures)[];
