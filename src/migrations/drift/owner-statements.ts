import type { Difference } from '../catalog/difference.js';

const types = ['enum', 'range', 'type'];

/** What hands objects to the owners they should have; the migrator is not allowed to take them. */
export const ownerStatements = (differences: Difference[]): string[] =>
  differences
    // A sequence that belongs to a column goes with its table.
    .filter(({ kind, fact }) => fact === 'owner' && kind !== 'sequence')
    .map(({ kind, name, expected }) => {
      const keyword = types.includes(kind) ? 'TYPE' : kind.toUpperCase();
      return `ALTER ${keyword} ${name} OWNER TO ${expected};`;
    });
