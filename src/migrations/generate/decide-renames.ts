import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import type { WholeSnapshot } from './differences.js';
import { type PossibleRename, applyRename, possibleRenames, renameText, replacedKinds } from './renames.js';

export interface RenameAnswers {
  /** `notes.title:heading`, `notes:memos`; given on the command line. */
  renames?: string[];
  /** What else is gone was dropped, and what else is new was created. */
  isRestNew?: boolean;
  /** Asks a person: which of these became it, or undefined for none. Absent: nobody is there to ask. */
  ask?: (name: string, candidates: PossibleRename[]) => Promise<PossibleRename | undefined>;
}

/**
 * What was renamed, in the order to do it, and the snapshot after that.
 * @throws MigrationError (USAGE) where only a person could tell and none is there, or a given rename fits nothing.
 */
export async function decideRenames(
  before: WholeSnapshot,
  after: WholeSnapshot,
  { renames: given = [], isRestNew = false, ask }: RenameAnswers,
): Promise<{ renames: PossibleRename[]; renamed: WholeSnapshot }> {
  const renames: PossibleRename[] = [];
  let renamed = before;
  const settle = (rename: PossibleRename) => {
    renames.push(rename);
    renamed = applyRename(renamed, rename);
  };
  // Columns of a renamed table show only once the table is settled.
  const tablesFirst = given.toSorted((a, b) => Number(isColumn(a)) - Number(isColumn(b)));
  for (const text of tablesFirst) settle(findGiven(text, possibleRenames(renamed, after)));
  const isNew = new Set<string>();
  for (;;) {
    const open = possibleRenames(renamed, after).filter((rename) => !isNew.has(newName(rename)));
    const [first] = open;
    if (!first || isRestNew) break;
    if (!ask) throw nobodyToAsk(open);
    const answer = await ask(
      newName(first),
      open.filter((rename) => newName(rename) === newName(first)),
    );
    if (answer) settle(answer);
    else isNew.add(newName(first));
  }
  if (!isRestNew) refuseReplaced(replacedKinds(renamed, after));
  return { renames, renamed };
}

const isColumn = (text: string) => text.split(':')[0]?.includes('.') ?? false;
const newName = ({ kind, table, to }: PossibleRename) =>
  `${kind} ${table === undefined ? '' : `${table}.`}${to}`;

function findGiven(text: string, possible: PossibleRename[]): PossibleRename {
  const found = possible.find((rename) => renameText(rename) === text);
  if (found) return found;
  throw new MigrationError(ExitCode.USAGE, `--rename ${text} fits nothing that changed in the schema`, {
    hint: possible.length
      ? `What may have been renamed: ${possible.map(renameText).join(', ')}`
      : 'Nothing is gone and new at once: change the name in the *.schema.ts file first.',
  });
}

function nobodyToAsk(open: PossibleRename[]): MigrationError {
  const names = open.map((rename) => `${rename.kind} ${renameText(rename)}`);
  return new MigrationError(ExitCode.USAGE, `Renamed, or dropped and created? ${names.join(', ')}`, {
    detail:
      'Nothing was written. The two lose very different things, and without a terminal nobody can be asked.',
    remedy:
      `run it in a terminal, or say which it is: --rename ${open[0] ? renameText(open[0]) : ''} (the rows stay), or ` +
      '--no-renames (the old is dropped with what is in it). Running services need neither: add the new one in one ' +
      'step, and drop the old one in a later release.',
  });
}

function refuseReplaced(kinds: string[]): void {
  if (kinds.length === 0) return;
  throw new MigrationError(ExitCode.USAGE, `Of these, some are gone and some are new: ${kinds.join(', ')}`, {
    detail: 'Nothing was written. Only tables, columns and enums can be renamed by this command.',
    remedy:
      'add the new ones in one step and drop the old ones in the next, or say --no-renames to do both at once',
  });
}
