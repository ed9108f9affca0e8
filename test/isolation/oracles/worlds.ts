import { expect } from '@jest/globals';
import { GithubServer } from '../../github/github-server.js';
import { eventually } from '../../support/eventually.js';
import { type RecipeApp, createRecipeApp } from '../../support/recipes.js';
import { TestIssuer } from '../../support/token-issuer.js';
import { Mirror } from './mirror.js';
import type { Settings } from './settings.js';

/** Two applications on databases of their own, equal for acme; people sign in to both with the same tokens, and one GitHub. */
export async function openMirror(settings: Settings): Promise<Mirror> {
  const issuer = await TestIssuer.start();
  const signIn = { JWT_ISSUERS: JSON.stringify([issuer.settings()]) };
  const github = await GithubServer.start();
  github.hasLastingCodes = true; // each world brings them once
  const open = async (): Promise<RecipeApp> => {
    const { environment, database } = await settings.open();
    const outside = { ...signIn, ...github.environment() };
    const app = await createRecipeApp({ database, environment: { ...environment, ...outside } });
    const close = () => Promise.all([app.close(), issuer.down(), github.stop()]).then(() => undefined);
    return { ...app, issuer, github, close };
  };
  const worlds = await Promise.all([open(), open()]);
  await Promise.all(worlds.map(settle));
  return new Mirror(worlds);
}

/** A tenant's new name is told a moment later where it is cached; no recipe gives another than this. */
async function settle({ call, acme }: RecipeApp): Promise<void> {
  await call('PATCH', '/v1/tenant', { as: acme.apiKey, body: { name: 'Renamed' } });
  await eventually(async () => {
    const { body } = await call('GET', '/v1/me', { as: acme.apiKey });
    expect(body.tenant.name).toBe('Renamed');
  });
}

/** Something that programs run on, until one has shown that it is broken: the next then gets another. */
export class Fresh<T extends { close(): Promise<unknown> }> {
  #current: Promise<T> | undefined;

  constructor(private readonly open: () => Promise<T>) {}

  get(): Promise<T> {
    return (this.#current ??= this.open());
  }

  /** Runs `program`; after a failure, what it ran on is closed. */
  async run<R>(program: (on: T) => Promise<R>): Promise<R> {
    const current = await this.get();
    try {
      return await program(current);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const current = await this.#current;
    this.#current = undefined;
    await current?.close();
  }
}
