import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import type { WholeSnapshot } from './differences.js';

const LONGEST = 60;

/** @throws MigrationError (USAGE) where it would not make a file name that sorts and reads well everywhere. */
export function checkedName(name: string): string {
  if (/^[a-z0-9][a-z0-9_]*$/.test(name) && name.length <= LONGEST) return name;
  throw new MigrationError(ExitCode.USAGE, `--name ${JSON.stringify(name)} cannot be used`, {
    hint: `Lower-case letters, digits and "_", at most ${LONGEST} characters: --name add_notes`,
  });
}

/** What a step does, from the first tables it changes. */
export function nameOfChange(before: WholeSnapshot, after: WholeSnapshot): string {
  const created = Object.entries(after.tables).filter(([key]) => !(key in before.tables));
  const changed = Object.entries(after.tables).filter(
    ([key, table]) => key in before.tables && JSON.stringify(before.tables[key]) !== JSON.stringify(table),
  );
  const dropped = Object.entries(before.tables).filter(([key]) => !(key in after.tables));
  const [verb, tables] = created.length
    ? ['create', created]
    : changed.length
      ? ['change', changed]
      : dropped.length
        ? ['drop', dropped]
        : ['change', []];
  const names = tables.slice(0, 2).map(([, { name }]) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_'));
  return [verb, ...(names.length ? names : ['schema'])].join('_').slice(0, LONGEST);
}
