import { type LockFact, lockFacts } from './lock-facts.js';

/** A measured fact as the texts of the rules say it: `ACCESS EXCLUSIVE on the table, and every row is read`. */
export function inWords(id: keyof typeof lockFacts): string {
  const { locks, rewrites, scans }: LockFact = lockFacts[id];
  const places = { child: 'the table', parent: 'the table it refers to' } as const;
  const held = (['child', 'parent'] as const).flatMap((table) =>
    locks[table] ? `${locks[table]} on ${places[table]}` : [],
  );
  const work = rewrites ? 'every row is written anew' : scans ? 'every row is read' : 'no row is read';
  return `${held.join(' and ')}, and ${work}`;
}
