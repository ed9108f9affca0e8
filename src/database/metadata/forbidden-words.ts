/** Names of money, quantities, statuses and identities: such values live in typed columns of their own. */
export const FORBIDDEN_WORDS: readonly string[] = `
  subtotal taxtotal grandtotal totalamount totals unitprice price amount cost
  discount discountamount discountvalue taxamount taxrate taxclass
  quantity qty unit currency exchangerate rate
  status calculations breakdown linenumber description sku itemcode
  servicecategoryid ratecardid quotenumber customerid projectid
  validfrom validuntil approvedby sentat`
  .trim()
  .split(/\s+/);

/** Not a name of anything, but what it does to objects that are merged carelessly. */
export const PROTOTYPE = '__proto__';

const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join('');

const DIGITS = from(0x30, 0x39);
const LETTERS = from(0x61, 0x7a);
const CAPITALS = from(0x41, 0x5a);
const FULL_WIDTH_CAPITALS = from(0xff21, 0xff3a);
const FULL_WIDTH_LETTERS = from(0xff41, 0xff5a);
/** Whose lower case is an ASCII letter: the Kelvin sign, and the long s. */
const ODD_CASES = '\u212a\u017f';

const SPACES = `${from(0x09, 0x0d)} \u0085\u00a0\u1680${from(0x2000, 0x200a)}\u2028\u2029\u202f\u205f\u3000`;
const DASHES = `_-${from(0x2010, 0x2015)}\u203f\u2040\u2054\u2212${from(0xfe4d, 0xfe4f)}\ufe58\ufe63\uff0d\uff3f`;
const INVISIBLE = `\u00ad\u034f\u061c\u180e${from(0x200b, 0x200f)}${from(0x202a, 0x202e)}${from(0x2060, 0x2064)}${from(0x2066, 0x2069)}${from(0xfe00, 0xfe0f)}\ufeff`;

/**
 * How a key is read before it is compared, as the two arguments of PostgreSQL's `translate()`: case and full width are
 * folded; what has no counterpart (spaces, hyphens and underscores of all widths, invisible characters) is removed.
 * A fixed table, since Unicode's own tables differ between the versions of Node and PostgreSQL. Letters of other
 * scripts that only look alike are not covered.
 */
export const FOLDING = {
  // What stays as it is stands first, since PostgreSQL looks each character up from the start.
  from:
    LETTERS +
    DIGITS +
    CAPITALS +
    FULL_WIDTH_CAPITALS +
    FULL_WIDTH_LETTERS +
    ODD_CASES +
    SPACES +
    DASHES +
    INVISIBLE,
  to: LETTERS + DIGITS + LETTERS + LETTERS + LETTERS + 'ks',
} as const;

const folded = new Map([...FOLDING.from].map((character, index) => [character, FOLDING.to[index] ?? '']));
const words: ReadonlySet<string> = new Set(FORBIDDEN_WORDS);

const fold = (key: string) => Array.from(key, (character) => folded.get(character) ?? character).join('');

/** Does this key of a metadata object, or of a filter on one, name what has a column of its own? */
export const isForbiddenKey = (key: string): boolean => key === PROTOTYPE || words.has(fold(key));
