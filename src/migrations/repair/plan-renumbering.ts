import type { JournalEntry } from '../folder/folder-content.js';

/** A step with another number: what its files and its entry are called from now on. */
export interface Renumbered {
  from: JournalEntry;
  to: JournalEntry;
}

/**
 * Pure: gives every step of the journal a number of its own, in the journal's order but with the applied ones first, and
 * a later `when` than the one before. Answers the whole journal; applied entries stay as they are.
 * @returns undefined where an applied step would have to be renamed.
 */
export function planRenumbering(
  journal: JournalEntry[],
  applied: ReadonlySet<string>,
): Renumbered[] | undefined {
  const first = journal.findIndex(
    ({ tag }, index) => index > 0 && numberOf(tag) <= numberOf(journal[index - 1]?.tag ?? ''),
  );
  if (first < 0) return journal.map((entry) => ({ from: entry, to: entry }));
  // The one before it has the same number, and may be the one to move.
  const [head, tail] = [journal.slice(0, first - 1), journal.slice(first - 1)];
  const isApplied = ({ tag }: JournalEntry) => applied.has(tag);
  const ordered = [...head, ...tail.filter(isApplied), ...tail.filter((entry) => !isApplied(entry))];
  const renumbered: Renumbered[] = [];
  for (const [idx, from] of ordered.entries()) {
    const previous = renumbered.at(-1)?.to;
    const number = Math.max(numberOf(from.tag), previous ? numberOf(previous.tag) + 1 : 0);
    const tag = number === numberOf(from.tag) ? from.tag : withNumber(from.tag, number);
    if (isApplied(from) && tag !== from.tag) return undefined;
    const when = isApplied(from) ? from.when : Math.max(from.when, (previous?.when ?? 0) + 1);
    renumbered.push({ from, to: { ...from, idx, tag, when } });
  }
  return renumbered;
}

/** The digits before the first underscore. */
export const numberOf = (tag: string): number => Number.parseInt(tag, 10);

const withNumber = (tag: string, number: number) => {
  const [digits = ''] = tag.split('_');
  return `${String(number).padStart(digits.length, '0')}${tag.slice(digits.length)}`;
};
