import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRecipeApp } from '../../support/recipes.js';
import { streams } from './choices.js';
import { openMirror } from './worlds.js';
import type { Mirror } from './mirror.js';
import { interfere } from './http-program.js';
import { search } from './search.js';

describe('oracles', () => {
  let m: Mirror;
  beforeAll(async () => {
    m = await openMirror({ LOG_LEVEL: 'warn', LOG_QUERIES: 'false' });
  });
  afterAll(async () => {
    await Promise.all(m.worlds.map((w) => w.close()));
  });
  it('http', async () => {
    const r = await search(fc.array(streams(4), { minLength: 1, maxLength: 12 }), (p) => interfere(m, p), { seed: Number(process.env.S ?? 1), ms: 10_000 });
    process.stdout.write(JSON.stringify(r, null, 1).replaceAll('\\n', '\n') + '\n');
    expect(r.violation).toBeUndefined();
  }, 60_000);
});
