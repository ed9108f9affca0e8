/** Control characters but line feed and tab: no font has them. */
const CONTROLS = /[\p{Cc}--[\n\t]]/gv;
/**
 * Embeddings, overrides and isolates of direction (Unicode, UAX 9): by an override a line can read as another than it is,
 * and one left open turns what stands behind it. Marks such as RLM stay; they change nothing beyond their place.
 */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;
/** No script stacks more marks on a letter; thousands of them take a layout engine seconds and a gigabyte. */
const STACKED_MARKS = /(\p{M}{8})\p{M}+/gu;

/** A text of a client, as it may stand in a document: what it says, without what only disturbs others. Not escaped yet. */
export const printable = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replace(CONTROLS, '')
    .replace(DIRECTIONS, '')
    .replace(STACKED_MARKS, '$1');
