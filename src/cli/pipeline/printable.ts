const MAX_SHOWN = 500;

/** Controls, invisible formatting (also what turns the direction of writing), line separators, halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const UNSEEN_IN_JSON = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Text of strangers for a terminal: what a terminal would obey instead of show is written out (`\u{1b}`), so that no name
 * can colour, erase or forge a line of a pipeline's log. One line of at most 500 characters.
 */
export function printable(text: string): string {
  const shown = text.slice(0, MAX_SHOWN).replaceAll(UNSEEN, escaped);
  return text.length > MAX_SHOWN ? `${shown}...` : shown;
}

/** JSON for programs that is as harmless on a terminal; it says the same. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, null, 2).replaceAll(UNSEEN_IN_JSON, (text) =>
    Array.from({ length: text.length }, (_, unit) => jsonEscape(text.charCodeAt(unit))).join(''),
  );

const escaped = (character: string) => `\\u{${character.codePointAt(0)!.toString(16)}}`;
const jsonEscape = (unit: number) => `\\u${unit.toString(16).padStart(4, '0')}`;
