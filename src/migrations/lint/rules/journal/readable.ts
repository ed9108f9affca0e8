import { type Position, positionAt } from '../../../sql/position.js';
import { SqlSyntaxError } from '../../../sql/statement.js';
import { conflictMarker } from '../../../folder/conflict-marker.js';
import { parsedFile } from '../../parsed-file.js';
import type { FolderRule } from '../../rule.js';

export const unparseableSql: FolderRule = {
  id: 'unparseable-sql',
  group: 'journal',
  severity: 'error',
  title: 'A file is no SQL that PostgreSQL could read',
  why: 'The step would fail where it is applied, after the steps before it. It is read here with the grammar of PostgreSQL 18; psql commands such as \\i and COPY data are not SQL.',
  rewrite: `-- Mend the text at the line and column named; the message is PostgreSQL's own.
ALTER TABLE orders ADD COLUMN note text;`,
  *checkFolder({ files }) {
    for (const file of files.values()) {
      const strange = strangeCharacter(file.text);
      if (strange) {
        yield { file: file.name, ...strange };
        continue;
      }
      const parsed = parsedFile(file);
      if (parsed instanceof SqlSyntaxError && !conflictMarker(file.text))
        yield {
          file: file.name,
          message: `PostgreSQL stops reading here: ${parsed.message}`,
          position: parsed.position,
        };
    }
  },
};

const strangeCharacters: Record<string, string> = {
  '\uFEFF':
    'a byte order mark stands here, which PostgreSQL does not read; save the file as UTF-8 without one',
  '\0': 'a NUL character ends the text here, and PostgreSQL would never see what follows',
  '\uFFFD': 'the file is not UTF-8 here; save it as UTF-8',
};

/** What an editor does not show, and what the parser would tell in words that nobody understands. */
function strangeCharacter(text: string): { message: string; position: Position } | undefined {
  const found = /[\uFEFF\0\uFFFD]/.exec(text);
  if (!found) return undefined;
  return { message: strangeCharacters[found[0]] ?? '', position: positionAt(text, found.index) };
}

export const conflictMarkers: FolderRule = {
  id: 'conflict-markers',
  group: 'journal',
  severity: 'error',
  title: 'A file holds the markers of a merge that was not finished',
  why: 'Git left both sides in the file. Two branches that each add a step conflict in the journal and in meta/_sum on purpose: one of them has to come after the other.',
  rewrite: `git checkout --theirs drizzle/meta
# Then delete your own step and write it again, after theirs:
npm run db:generate`,
  *checkFolder({ files, sums = '' }) {
    const texts = Array.from(files.values(), ({ name, text }) => ({ name, text }));
    for (const { name, text } of [...texts, { name: 'meta/_sum', text: sums }]) {
      const marker = conflictMarker(text);
      if (marker)
        yield {
          file: name,
          message: `"${marker.text}" is a conflict that git left here`,
          position: marker.position,
        };
    }
  },
};

export const journalUnreadable: FolderRule = {
  id: 'journal-unreadable',
  group: 'journal',
  severity: 'error',
  title: 'The journal is missing or cannot be read',
  why: 'meta/_journal.json says which steps there are and in which order. Without it nothing else can be judged, and nothing is applied.',
  rewrite: `git checkout drizzle/meta/_journal.json`,
  *checkFolder({ journalProblem }) {
    if (journalProblem) yield { file: 'meta/_journal.json', message: journalProblem };
  },
};

export const snapshotUnreadable: FolderRule = {
  id: 'snapshot-unreadable',
  group: 'journal',
  severity: 'error',
  title: 'A snapshot cannot be read',
  why: 'drizzle-kit computes the next step from the last snapshot, and the rules learn from it which columns there were. It is JSON that is written and never edited.',
  rewrite: `git checkout drizzle/meta/0001_snapshot.json`,
  *checkFolder({ snapshots }) {
    for (const { name, snapshot } of snapshots)
      if (!snapshot)
        yield {
          file: `meta/${name}`,
          message: `meta/${name} is not JSON, or no snapshot of drizzle-kit (conflict markers are the usual cause)`,
        };
  },
};
