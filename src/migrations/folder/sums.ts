import { createHash } from 'node:crypto';
import { type FolderContent, fileOf, rollbackFileOf } from './folder-content.js';

const header = '# Written by "npm run db:generate"; each sum covers its file and every line above.\n';

/**
 * The text of `meta/_sum`: a line per file in the journal's order, each with SHA-256(sum above, name, SHA-256 of the
 * file). Chained, so that a changed, removed or reordered step changes every line below it, and two branches that each
 * add a step conflict in git instead of merging in silence.
 */
export function sumsOf(folder: FolderContent): string {
  let sum = '';
  const lines = (folder.journal ?? []).flatMap(({ tag }) =>
    [fileOf(folder, tag), rollbackFileOf(folder, tag)].flatMap((file) => {
      if (!file) return [];
      sum = createHash('sha256').update(`${sum}\n${file.name}\n${file.sha256}`).digest('hex');
      return [`${sum} ${file.name}\n`];
    }),
  );
  return header + lines.join('');
}

/** The first file whose line in `meta/_sum` is not the one it should have; undefined: all agree. */
export function firstWrongSum(folder: FolderContent): string | undefined {
  const wanted = sumsOf(folder).trimEnd().split('\n');
  const actual = (folder.sums ?? '').trimEnd().split('\n');
  const wrong = wanted.findIndex((line, index) => line !== actual[index]);
  if (wrong >= 0) return nameIn(wanted[wrong]) ?? 'meta/_sum';
  return actual.length > wanted.length ? nameIn(actual[wanted.length]) : undefined;
}

const nameIn = (line: string | undefined) => line?.split(' ')[1];
