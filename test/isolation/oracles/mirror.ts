import type { Answer, Call } from '../../support/app.js';
import type { TestDatabase } from '../../support/database.js';
import type { RecipeApp } from '../../support/recipes.js';
import { Aliases } from './aliases.js';

/**
 * Two worlds that are equal for acme, behind the face of one application: each call of a recipe is made in both, and must
 * be answered alike. What a call names is translated, since each world makes up ids and keys of its own.
 */
export class Mirror {
  readonly #names: readonly [Aliases, Aliases] = [new Aliases(), new Aliases()];
  readonly #transcript: string[] = [];
  calls = 0;
  lastWrite: { method: string; url: string; call: Call } | undefined;

  constructor(readonly worlds: readonly [RecipeApp, RecipeApp]) {
    const known = ({ acme, globex }: RecipeApp) => [acme.id, acme.apiKey, globex.id, globex.apiKey];
    worlds.forEach((world, side) => known(world).forEach((token) => this.#names[side]!.numberOf(token)));
  }

  /** For recipes: makes its resources, and asks its questions of the database, in both worlds. */
  get app(): RecipeApp {
    const [left] = this.worlds;
    return {
      ...left,
      call: (method, url, call) => this.call(method, url, call),
      database: {
        ...left.database,
        query: ((text, values) => this.query(text, values)) as typeof left.database.query,
      },
    };
  }

  /** A program begins, which knows nothing of those before it. */
  begin(): void {
    this.#transcript.length = 0;
    this.lastWrite = undefined;
  }

  get databases(): TestDatabase[] {
    return this.worlds.map(({ database }) => database);
  }

  async close(): Promise<void> {
    await Promise.all(this.worlds.map((world) => world.close()));
  }

  /** For who reads of a violation. */
  note(line: string): void {
    this.#transcript.push(line);
  }

  private async call(method: string, url: string, call: Call = {}): Promise<Answer> {
    this.#transcript.push(`${method} ${url} ${JSON.stringify(call.body) ?? ''}`);
    this.calls++;
    const [left, right] = this.worlds;
    const there = JSON.parse(this.translate(JSON.stringify({ url, call }))) as { url: string; call: Call };
    const answers = await Promise.all([
      left.call(method, url, call),
      right.call(method, there.url, there.call),
    ]);
    this.compare(answers.map(observable));
    if (method !== 'GET') this.lastWrite = { method, url, call };
    return answers[0];
  }

  private async query(text: string, values: unknown[] = []) {
    const [left, right] = this.worlds;
    const there = JSON.parse(this.translate(JSON.stringify(values))) as unknown[];
    const answers = await Promise.all([left.database.query(text, values), right.database.query(text, there)]);
    this.compare(answers.map(({ rows }) => JSON.stringify(rows)));
    return answers[0];
  }

  /** Of a text of a request, which may hold a row version as `"747"`. */
  private translate(text: string): string {
    return this.#names[0].translate(text, this.#names[1]);
  }

  private compare(answers: string[]): void {
    const sizes = this.#names.map(({ size }) => size);
    const [left, right] = answers.map((answer, side) => this.#names[side]!.rename(answer));
    this.#transcript.push(`  ${left!.split('\n')[0]}`);
    if (left === right) return;
    this.#names.forEach((names, side) => names.forgetFrom(sizes[side]!));
    throw new Error(
      `NONINTERFERENCE VIOLATED\n${this.#transcript.join('\n')}\nwas answered\n${left}\nwhere the neighbour is another:\n${right}`,
    );
  }
}

/** All that a client sees, but for the date, and for how much of its rate limit's window is left. */
function observable({ status, headers, text }: Answer): string {
  const { date: _, ratelimit: __, ...rest } = headers;
  return [status, ...Object.entries(rest).map(([name, value]) => `${name}: ${String(value)}`), '', text].join(
    '\n',
  );
}
