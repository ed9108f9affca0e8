import type { FolderContent } from '../../../folder/folder-content.js';
import { conflictMarker } from '../../../folder/conflict-marker.js';
import { sumsOf } from '../../../folder/sums.js';
import type { FolderRule } from '../../rule.js';

export const editedAfterMerge: FolderRule = {
  id: 'edited-after-merge',
  group: 'journal',
  severity: 'error',
  title: 'A file is not the one whose sum is committed',
  why: 'A step that is applied somewhere is never edited: databases that have it keep the old text, new ones get the new, and they differ from then on. Sums are chained, so the first wrong one is told; there may be more below. db:generate renews the sums of steps that are not merged yet, and refuses for the others.',
  rewrite: `git checkout origin/main -- drizzle/0004_add_note.sql
# and write what should change as a new step; or, where the step is not merged yet:
npm run db:generate`,
  *checkFolder(folder) {
    if (!folder.journal || (folder.sums !== undefined && conflictMarker(folder.sums))) return;
    // A step that stands there twice, or has no file, is told by its own rule.
    const journal = [...new Map(folder.journal.map((entry) => [entry.tag, entry])).values()];
    const problem = firstProblem({ ...folder, journal });
    if (problem) yield problem;
  },
};

function firstProblem(folder: FolderContent): { file: string; message: string } | undefined {
  if (folder.sums === undefined)
    return {
      file: 'meta/_sum',
      message:
        'meta/_sum is missing: nobody could tell if a step was edited. "npm run db:generate" writes it',
    };
  const wanted = linesOf(sumsOf(folder));
  const actual = linesOf(folder.sums);
  const at = wanted.findIndex((line, index) => line.text !== actual[index]?.text);
  const [line, committed] = at < 0 ? [undefined, actual[wanted.length]] : [wanted[at], actual[at]];
  if (line && !committed)
    return { file: line.name, message: `${line.name} has no sum yet; "npm run db:generate" writes it` };
  if (
    committed &&
    folder.journal?.some(({ tag }) => `${tag}.sql` === committed.name) &&
    !folder.files.has(committed.name)
  )
    return undefined;
  if (committed && !wanted.some(({ name }) => name === committed.name))
    return {
      file: 'meta/_sum',
      message: `${committed.name} has a sum, but is gone: a merged step is never removed or renamed`,
    };
  if (!line || !committed) return undefined;
  if (line.name === committed.name)
    return { file: line.name, message: `${line.name} was edited after its sum was written` };
  return {
    file: line.name,
    message: `${line.name} stands where ${committed.name} stood: a new step comes last, and the order of the merged ones never changes`,
  };
}

/** Without comments. A line that is damaged has no name, and differs all the same. */
const linesOf = (sums: string) =>
  sums
    .split('\n')
    .filter((text) => text !== '' && !text.startsWith('#'))
    .map((text) => ({ text, name: text.split(' ')[1] ?? text }));
