import type { JournalEntry } from '../../../folder/folder-content.js';
import type { FolderRule, Report } from '../../rule.js';

const dayMs = 86_400_000;
const mendOrder = `npm run db:repair -- --renumber
# renames a duplicate that is applied nowhere; or delete your own step and write it again, after the others:
npm run db:generate`;

const mendWhen = `git checkout drizzle/meta
# Your own step, while it is not merged, is taken out so; remove its files, and write it again with a "when" of now:
npm run db:generate`;

export const duplicateTag: FolderRule = {
  id: 'duplicate-tag',
  group: 'journal',
  severity: 'error',
  title: 'The journal names a step twice',
  why: 'A step is found by its tag, in the ledger too: the second would count as applied already.',
  rewrite: mendOrder,
  *checkFolder({ journal = [] }) {
    for (const [first, second] of doubled(journal, ({ tag }) => tag))
      yield {
        object: second.tag,
        message: `${second.tag} is entry ${first.idx} and entry ${second.idx} of the journal`,
      };
  },
};

export const duplicatePrefix: FolderRule = {
  id: 'duplicate-prefix',
  group: 'journal',
  severity: 'error',
  title: 'Two steps begin with the same number',
  why: 'Two branches each added the next step. Which of them comes first is no longer to be seen, and they share one snapshot: what the other one did is unknown to the next diff.',
  rewrite: mendOrder,
  *checkFolder({ journal = [] }) {
    const numbered = journal.filter(({ tag }) => /^\d+_/.test(tag));
    for (const [first, second] of doubled(numbered, prefixOf))
      if (first.tag !== second.tag)
        yield {
          object: second.tag,
          message: `${first.tag} and ${second.tag} both begin with ${prefixOf(second)}`,
        };
  },
};

export const duplicateIdx: FolderRule = {
  id: 'duplicate-idx',
  group: 'journal',
  severity: 'warning',
  title: 'Two entries of the journal have the same idx',
  why: 'drizzle-kit names the next snapshot by it. Nothing is applied by idx, so it is only told.',
  rewrite: mendOrder,
  *checkFolder({ journal = [] }) {
    for (const [first, second] of doubled(journal, ({ idx }) => idx))
      yield { object: second.tag, message: `${first.tag} and ${second.tag} both have idx ${second.idx}` };
  },
};

export const idxGap: FolderRule = {
  id: 'idx-gap',
  group: 'journal',
  severity: 'warning',
  title: 'The idx of the journal does not count up by one',
  why: 'An entry was removed or moved by hand. Nothing is applied by idx, so it is only told.',
  rewrite: mendOrder,
  checkFolder: ({ journal = [] }) =>
    journal.flatMap(({ idx, tag }, index): Report[] => {
      const previous = journal[index - 1];
      const wanted = previous ? previous.idx + 1 : 0;
      // The same idx twice is told by its own rule.
      if (idx === wanted || idx === previous?.idx) return [];
      return [{ object: tag, message: `${tag} has idx ${idx} where ${wanted} comes next` }];
    }),
};

export const prefixDiffers: FolderRule = {
  id: 'prefix-differs',
  group: 'journal',
  severity: 'warning',
  title: 'The number of a step is not its idx',
  why: 'In a folder that counts with four digits both are the same; a person reads the one and drizzle-kit the other. Folders named by time stamps are left alone.',
  rewrite: mendOrder,
  checkFolder: ({ journal = [] }) =>
    journal.every(({ tag }) => /^\d{4}_/.test(tag))
      ? journal.flatMap(({ idx, tag }): Report[] =>
          Number(tag.slice(0, 4)) === idx ? [] : [{ object: tag, message: `${tag} has idx ${idx}` }],
        )
      : [],
};

export const whenOrder: FolderRule = {
  id: 'when-order',
  group: 'journal',
  severity: 'error',
  title: 'A step is older than the one before it',
  why: "drizzle's own migrator applies only what is newer than the newest applied step: a step that was merged late is left out in silence, and drizzle-kit beside Rowhouse would do so.",
  rewrite: mendWhen,
  checkFolder: ({ journal = [] }) =>
    journal.flatMap((entry, index): Report[] => {
      const previous = journal[index - 1];
      if (!previous || entry.when > previous.when) return [];
      return [
        {
          object: entry.tag,
          message: `${entry.tag} (${day(entry)}) is not newer than ${previous.tag} (${day(previous)}), which stands before it`,
        },
      ];
    }),
};

export const whenFuture: FolderRule = {
  id: 'when-future',
  group: 'journal',
  severity: 'error',
  title: 'A step is from the future',
  why: "With drizzle's own migrator it would block every later step until that day, in silence. A clock that is less than a day wrong is forgiven.",
  rewrite: mendWhen,
  checkFolder: ({ journal = [] }, { now }) =>
    journal.flatMap((entry): Report[] =>
      entry.when <= now.getTime() + dayMs
        ? []
        : [{ object: entry.tag, message: `${entry.tag} is of ${day(entry)}; today is ${now.toISOString()}` }],
    ),
};

const prefixOf = ({ tag }: JournalEntry) => tag.split('_')[0] ?? '';

function day({ when }: JournalEntry): string {
  const date = new Date(when);
  return Number.isNaN(date.getTime()) ? `when ${when}` : date.toISOString();
}

/** Each entry whose key came before, with the first that had it. */
function* doubled(
  journal: JournalEntry[],
  keyOf: (entry: JournalEntry) => string | number,
): Generator<[JournalEntry, JournalEntry]> {
  const firsts = new Map<string | number, JournalEntry>();
  for (const entry of journal) {
    const first = firsts.get(keyOf(entry));
    if (first) yield [first, entry];
    else firsts.set(keyOf(entry), entry);
  }
}
