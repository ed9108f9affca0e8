import type { Position } from './position.js';

/**
 * A comment that speaks to this tool, on a line of its own:
 *
 *     -- rowhouse:allow index-not-concurrent reason="the table has 20 rows" until=2027-01-31
 *
 * `no-transaction`, `data`, `assert-empty <table>`, `expanded-by <tag>`, `irreversible reason="..."` speak of the file;
 * `confirm <rule> <object> reason="..."` and `allow <rule> reason="..." [until=...]` of the statement below.
 */
export interface Directive {
  name: string;
  /** The words after the name, in order. */
  words: string[];
  /** `reason` and `until`, as written. */
  options: Record<string, string>;
  position: Position;
}

/** The names a file may use; any other is a mistake that would silently have no effect. */
export const directiveNames = [
  'no-transaction',
  'data',
  'assert-empty',
  'expanded-by',
  'irreversible',
  'confirm',
  'allow',
] as const;

const comment = /^--\s*rowhouse:([a-z-]*)(.*)$/;
const part = /([a-z]+)="((?:[^"\\]|\\.)*)"|([a-z]+)=(\S+)|(\S+)/g;

/** undefined: an ordinary comment. */
export function readDirective(text: string, position: Position): Directive | undefined {
  const match = comment.exec(text.trimEnd());
  if (!match) return undefined;
  const directive: Directive = { name: match[1] ?? '', words: [], options: {}, position };
  for (const [, quotedName, quoted, name, value, word] of (match[2] ?? '').matchAll(part)) {
    if (quotedName) directive.options[quotedName] = (quoted ?? '').replaceAll(/\\(.)/g, '$1');
    else if (name) directive.options[name] = value ?? '';
    else if (word) directive.words.push(word);
  }
  return directive;
}
