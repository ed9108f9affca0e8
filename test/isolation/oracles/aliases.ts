const TOKENS = [
  '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', // ids of rows and of requests
  'rh_[0-9a-f]{20}_[0-9a-f]{64}', // API keys
  '(?<="publicId":")[0-9a-f]{20}', // and their public halves
  '(?<=rowhouse-verification=)[0-9a-f]{40}',
  'inv_[A-Za-z0-9_-]{43}',
  'quo_[A-Za-z0-9_-]{64}', // public links
  '(?<=[?&]state=)[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}', // of connecting an installation: ids, and a nonce
  '(?<=^etag: ).+', // row versions: numbers of transactions
  '(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{64}(?![A-Za-z0-9_-])', // cursors, which hold an id; digests stay, see below
];
const TOKEN = new RegExp(TOKENS.join('|'), 'gm');

const TIMES = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const DIGEST = /^[0-9a-f]{64}$/;

/**
 * What two runs of one program cannot have in common, in one of them: each id, key, token, cursor and row version that the
 * server made up is renamed to the order in which it first appeared, so that two texts are equal exactly where the same
 * things are named at the same places. A time becomes the word `time`: two clocks agree on nothing, not even on whether
 * two moments fall into one millisecond. Digests of what the client sent stay: they must be equal.
 */
export class Aliases {
  readonly #numbers = new Map<string, number>();
  readonly #tokens: string[] = [];

  rename(text: string): string {
    return text
      .replaceAll(TIMES, 'time')
      .replaceAll(TOKEN, (token) => (DIGEST.test(token) ? token : `<${this.numberOf(token)}>`));
  }

  numberOf(token: string): number {
    const known = this.#numbers.get(token);
    if (known !== undefined) return known;
    this.#numbers.set(token, this.#tokens.length);
    return this.#tokens.push(token) - 1;
  }

  get size(): number {
    return this.#tokens.length;
  }

  /** Forgets what was met after there were so many: after a difference, the two worlds no longer count alike. */
  forgetFrom(size: number): void {
    for (const token of this.#tokens.splice(size)) this.#numbers.delete(token);
  }

  /** The text of our world in the words of the other: what only we know, it is told as it is. */
  translate(text: string, other: Aliases): string {
    const word = (token: string) => other.#tokens[this.#numbers.get(token) ?? -1] ?? token;
    return text.replaceAll(TOKEN, word);
  }
}
