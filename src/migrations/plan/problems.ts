import { ExitCode } from '../exit-code.js';
import { type FolderContent, isRollbackFile } from '../folder/folder-content.js';
import { firstWrongSum } from '../folder/sums.js';
import type { Ledgers } from '../ledger/read-ledgers.js';
import { MigrationError } from '../migration-error.js';
import type { StepState, StepStatus } from './step-status.js';

/** Why nothing is run, and what mends it. */
export interface Problem {
  kind: StepState | 'journal' | 'sums' | 'not adopted';
  tag?: string;
  /** Relative to the folder. */
  file?: string;
  message: string;
  remedy: string;
}

/** All of them as the one error that the command ends with. */
export function refusal(problems: Problem[]): MigrationError {
  const [first, ...others] = problems;
  if (first && others.length === 0) {
    const { tag, file, remedy } = first;
    return new MigrationError(ExitCode.INTEGRITY, `Nothing was run: ${first.message}`, {
      ...(tag !== undefined && { tag }),
      ...(file !== undefined && { file }),
      remedy,
      problems,
    });
  }
  const list = problems.map(({ message, remedy }) => `- ${message}\n  To mend it: ${remedy}`);
  return new MigrationError(
    ExitCode.INTEGRITY,
    `Nothing was run, for ${problems.length} reasons:\n${list.join('\n')}`,
    { problems },
  );
}

/** What is wrong with the folder or the database as a whole. */
export function folderProblems(folder: FolderContent, ledgers: Ledgers): Problem[] {
  const problems: Problem[] = [];
  // Without the journal every step looks unknown and every file an orphan: nothing more can be said of them.
  if (!folder.journal)
    return [
      {
        kind: 'journal',
        file: 'meta/_journal.json',
        message: folder.journalProblem ?? 'meta/_journal.json cannot be read',
        remedy:
          'restore it from git (git checkout -- drizzle/meta/_journal.json). In the middle of a merge: git checkout --theirs drizzle/meta, delete your own step, and "npm run db:generate" writes it again behind theirs',
      },
    ];
  for (const tag of duplicates(folder.journal ?? []))
    problems.push({
      kind: 'journal',
      tag,
      file: 'meta/_journal.json',
      message: `The journal holds ${tag} twice`,
      remedy: 'keep one of the two entries in meta/_journal.json; each step has a tag of its own',
    });
  const wrongSum = folder.sums === undefined ? undefined : firstWrongSum(folder);
  if (wrongSum)
    problems.push({
      kind: 'sums',
      file: wrongSum,
      message: `${wrongSum} is not what meta/_sum says: it was changed, added, removed or moved without its sum`,
      remedy: `restore it from git, or, where the change is meant and the step is applied nowhere, run "npm run db:generate", which renews the sums`,
    });
  if (isNotAdopted(ledgers))
    problems.push({
      kind: 'not adopted',
      message: `This database was migrated by drizzle's own migrator (${ledgers.drizzle.length} steps) and has no ledger of ours yet`,
      remedy: 'run "npm run db:adopt" once; it runs none of the steps again',
    });
  return problems;
}

/** drizzle's migrator was here and this one never. */
export const isNotAdopted = ({ own = [], drizzle }: Ledgers): boolean =>
  own.length === 0 && drizzle.length > 0;

function duplicates(journal: { tag: string }[]): string[] {
  const tags = journal.map(({ tag }) => tag);
  return [...new Set(tags.filter((tag, index) => tags.indexOf(tag) !== index))];
}

/** Empty: the state of the step is one to go on from. */
export function stepProblems(folder: FolderContent, { tag, state, row, entry }: StepStatus): Problem[] {
  const file = `${tag}.sql`;
  const about = (message: string, remedy: string): Problem[] => [{ kind: state, tag, file, message, remedy }];
  switch (state) {
    case 'edited':
      return about(
        `${file} was changed after it had been applied on ${row?.finishedAt?.toISOString() ?? 'this database'}`,
        `restore it from git and put the change into a new step ("npm run db:generate"); if only white space or comments changed, "npm run db:repair" accepts it`,
      );
    case 'missing':
      return about(
        `The journal names ${tag}, but there is no ${file}${nearest(folder, tag)}`,
        `restore ${file} from git; or, where the step was never committed, take it out of the journal, meta/_sum and the snapshots (git checkout drizzle/meta, and remove its snapshot)`,
      );
    case 'orphan':
      return about(
        `${file} is not in the journal, so that no migrator would ever run it`,
        `move it out of the folder; if it is wanted, make a step with "npm run db:generate -- --custom --name ..." then, and paste its SQL there`,
      );
    case 'out of order':
      return about(
        `${tag} is not applied, but a later step of the journal is: it was merged late`,
        `move its entry (idx ${entry?.idx}) to the end of meta/_journal.json and give it the next idx; or, if it depends on none of the later steps nor they on it, run "npm run db:migrate -- --out-of-order"`,
      );
    case 'unknown':
      return about(
        `The database holds step ${tag}, which this code does not know: the database is ahead of the code`,
        'run the migrations of the newer release (or of the branch it came from); on a development database "npm run db:reset" starts anew',
      );
    case 'unrecorded':
      return about(
        `${tag} was applied by drizzle's own migrator, and our ledger does not know it`,
        'run "npm run db:adopt"; it records the step and runs nothing',
      );
    case 'applied':
    case 'baseline':
    case 'pending':
    case 'interrupted':
    case 'failed':
    case 'rolled back':
      break;
  }
  return [];
}

function nearest({ files, journal = [] }: FolderContent, tag: string): string {
  const taken = new Set(journal.map((entry) => `${entry.tag}.sql`));
  const free = [...files.keys()].filter((name) => !taken.has(name) && !isRollbackFile(name));
  const sameNumber = free.find((name) => name.split('_')[0] === tag.split('_')[0]);
  return sameNumber ? ` (there is ${sameNumber}; was it renamed?)` : '';
}
