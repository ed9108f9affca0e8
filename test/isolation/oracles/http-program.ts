import type { Answer } from '../../support/app.js';
import {
  NOWHERE,
  RECIPES,
  type RecipeApp,
  type Target,
  callRecipe,
  isPlatform,
} from '../../support/recipes.js';
import { Choices } from './choices.js';
import type { Mirror } from './mirror.js';

/** Every route of the OpenAPI document that a tenant may call. */
const OPERATIONS = Object.keys(RECIPES).filter((operation) => !isPlatform(operation));
const LISTS = OPERATIONS.filter((operation) => operation.startsWith('get ') && !operation.includes('{'));
/** Those that programs of this process have called. */
const called = new Set<string>();
/** How many routes there are, and how many were called so far. */
export const routes = (): { all: number; called: number } => ({
  all: OPERATIONS.length,
  called: called.size,
});

const STEPS = ['recipe', 'recipe', 'list', 'neighbour', 'echo'] as const;

/**
 * Noninterference through HTTP: a program of acme's requests is answered alike in two worlds that are equal for acme, while
 * globex does in one of them what it likes. Answers how many requests acme made.
 */
export async function interfere(mirror: Mirror, streams: number[][]): Promise<number> {
  const before = mirror.calls;
  mirror.begin();
  const targets = new Map<string, Target>();
  for (const numbers of streams) {
    const choices = Choices.of(numbers);
    await step[choices.pick(STEPS)](mirror, choices, targets);
  }
  return mirror.calls - before;
}

type Step = (mirror: Mirror, choices: Choices, targets: Map<string, Target>) => Promise<unknown>;

const step: Record<(typeof STEPS)[number], Step> = {
  /** A route, on something of acme's own, new or met before. */
  async recipe({ app }, choices, targets) {
    const operation = choices.pick(OPERATIONS);
    called.add(operation);
    const { resource, as } = RECIPES[operation]!;
    const known = targets.get(operation);
    const target = known && choices.chance(50) ? known : ((await resource?.(app)) ?? '');
    targets.set(operation, target);
    await callRecipe(app, operation, as ? await as(app) : app.acme.apiKey, target);
  },
  /** A page of a list, and the next. */
  async list({ app }, choices) {
    const path = choices.pick(LISTS).split(' ')[1]!;
    const as = app.acme.apiKey;
    const { body }: Answer = await app.call('GET', `${path}?limit=${1 + choices.below(4)}`, { as });
    const next = body?.page?.next as string | undefined;
    if (next) await app.call('GET', `${path}?limit=100&after=${next}`, { as });
  },
  /** Something that is globex's in one world, and nowhere in the other. */
  async neighbour(mirror, choices) {
    const { app, worlds } = mirror;
    const operation = choices.pick(OPERATIONS);
    const { resource, as } = RECIPES[operation]!;
    if (!resource || as) return;
    const target = await resource(asGlobex(worlds[0]));
    mirror.note('globex, in world 0, makes what acme names next');
    await callRecipe(app, operation, app.acme.apiKey, target);
    await callRecipe(app, operation, app.acme.apiKey, NOWHERE);
  },
  /** Globex writes what acme has just written, in one world only; then acme once more. */
  async echo(mirror, choices) {
    const { app, worlds, lastWrite } = mirror;
    if (!lastWrite) return;
    const { method, url, call } = lastWrite;
    const world = choices.pick(worlds);
    const { status } = await world.call(method, url, { ...call, as: world.globex.apiKey });
    mirror.note(`globex, in world ${worlds.indexOf(world)}, the same\n  ${status}`);
    await app.call(method, url, call);
  },
};

/** For recipes: what they make is the neighbour's. */
const asGlobex = (app: RecipeApp): RecipeApp => ({ ...app, acme: app.globex });
