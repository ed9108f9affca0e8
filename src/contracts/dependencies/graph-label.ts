import { CHARACTER_WIDTH } from './graph-style.js';

const LONGEST_LABEL = 32; // characters

/** A name as it stands in its box: at most 32 characters, whole ones. */
export function labelOf(name: string): string {
  const characters = [...name];
  return characters.length > LONGEST_LABEL ? `${characters.slice(0, LONGEST_LABEL - 1).join('')}…` : name;
}

/** In px. Characters of East Asia take two places (Unicode, annex 11). */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (isWide(character) ? 2 : 1), 0) * CHARACTER_WIDTH;

const isWide = (character: string) =>
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Yi}]/u.test(character) ||
  character.codePointAt(0)! > 0xffff;

/** For text and attributes alike. */
export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
