import { ExitCode } from '../exit-code.js';
import { type FolderContent, fileOf } from '../folder/folder-content.js';
import { MigrationError } from '../migration-error.js';
import type { PlannedStep } from '../plan/planner.js';

/**
 * The steps of the journal with these tags, in the order given.
 * @throws MigrationError (INTEGRITY) where a file is missing.
 */
export function stepsNamed(folder: FolderContent, tags: string[]): PlannedStep[] {
  const whens = new Map(folder.journal?.map(({ tag, when }) => [tag, when]));
  return tags.map((tag) => {
    const file = fileOf(folder, tag);
    const when = whens.get(tag);
    if (file && when !== undefined) return { tag, when, file, resumeAt: 1 };
    throw new MigrationError(ExitCode.INTEGRITY, `There is no ${tag}.sql in the folder and its journal`, {
      tag,
      remedy: `restore ${tag}.sql from git; where the step belongs to a newer release, work with that release's code`,
    });
  });
}

/**
 * The tags of the journal up to and with `last`.
 * @throws MigrationError (USAGE) where there is no such tag, (INTEGRITY) without a journal.
 */
export function tagsUpTo(folder: FolderContent, last: string): string[] {
  const tags = journalTags(folder);
  const end = tags.indexOf(last);
  if (end >= 0) return tags.slice(0, end + 1);
  throw new MigrationError(ExitCode.USAGE, `There is no step ${last}`, {
    hint: tags.length > 0 ? `The journal goes from ${tags[0]} to ${tags.at(-1)}.` : 'The journal is empty.',
  });
}

/** @throws MigrationError (INTEGRITY) without a journal that can be read. */
export function journalTags({ journal, journalProblem }: FolderContent): string[] {
  if (journal) return journal.map(({ tag }) => tag);
  throw new MigrationError(ExitCode.INTEGRITY, journalProblem ?? 'The journal cannot be read', {
    file: 'meta/_journal.json',
    remedy: 'restore it from git (git checkout -- drizzle/meta/_journal.json)',
  });
}
