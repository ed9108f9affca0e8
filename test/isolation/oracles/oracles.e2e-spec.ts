import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { streams, seeded } from './choices.js';
import { Settings, anyOf, inWords } from './settings.js';
import { openTwins } from './twins.js';
import { openProjected } from './projected.js';
import { project } from './projection.js';
import { interfereInSql } from './sql-program.js';
import { Fresh } from './worlds.js';
import { search } from './search.js';

describe('oracles', () => {
  const seed = Number(process.env.S ?? 1);
  const settings = new Settings(anyOf(seeded(seed)));
  const twins = new Fresh(() => openTwins(settings, seed));
  const projected = new Fresh(async () => openProjected(await settings.open(), seed));
  beforeAll(async () => { process.stdout.write(inWords(settings.configuration) + '\n'); });
  afterAll(async () => {
    await twins.close();
    await projected.close();
    await settings.close();
  });
  it('proj', async () => {
    const r = await search(fc.array(streams(100), { minLength: 1, maxLength: 8 }), (p) => projected.run((t) => project(t, p)), { seed, ms: 5_000 });
    process.stdout.write(JSON.stringify(r, null, 1).replaceAll('\\n', '\n') + '\n');
    expect(r.violation).toBeUndefined();
  }, 120_000);
  it('sql', async () => {
    const r = await search(fc.array(streams(100), { minLength: 1, maxLength: 8 }), (p) => twins.run((t) => interfereInSql(t, p)), { seed, ms: 5_000 });
    process.stdout.write(JSON.stringify(r, null, 1).replaceAll('\\n', '\n') + '\n');
    expect(r.violation).toBeUndefined();
  }, 120_000);
});
