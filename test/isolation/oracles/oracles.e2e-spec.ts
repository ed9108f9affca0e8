import { afterAll, describe, expect, it } from '@jest/globals';
import { describeDirectly } from '../../support/pooled.js';
import { testRun } from '../../support/test-run.js';
import { seeded } from './choices.js';
import { fellWalls } from './fell-walls.js';
import { routes } from './http-program.js';
import { ORACLE_NAMES, type OracleName, SHARES, oraclesUnder } from './oracles.js';
import { type Line, print, printLine, printNoticed, printRoutes, printTotals } from './report.js';
import { search } from './search.js';
import { CONFIGURATIONS, type Configuration, Settings, anyOf, inWords } from './settings.js';

/** `npm run test:isolation` sets these; without them, one configuration that the seed chooses, for some seconds. */
const MINUTES = Number(process.env['ISOLATION_MINUTES'] ?? 0);
const SEED = Number(process.env['ISOLATION_SEED'] ?? Math.floor(Math.random() * 1e9));
const isLong = MINUTES > 0;

const SHORT_MS = 300;
const choices = seeded(SEED);
const configurations = isLong
  ? CONFIGURATIONS.map((configuration) => ({ ...configuration, poolMax: 1 + choices.below(3) }))
  : [anyOf(choices)];
const msOf = (name: OracleName) =>
  isLong ? ((MINUTES * 60_000) / configurations.length) * SHARES[name] : SHORT_MS;
/** No two configurations run the same programs. */
const SEEDS_APART = 1_000_000;
/** Opening, and a violation that is shrunk, take a while beside. */
const TIMEOUT_MS = MINUTES * 60_000 + 180_000;

const lines: Line[] = [];
afterAll(() => {
  printTotals(lines, SEED, testRun().major);
  printRoutes(routes());
});

// They bring poolers of their own.
describeDirectly.each(
  configurations.map((configuration, i) => ({
    configuration,
    words: inWords(configuration),
    seed: SEED + i * SEEDS_APART,
  })),
)('the walls between tenants, $words', ({ configuration, words, seed }) => {
  const settings = new Settings(configuration);
  const oracles = oraclesUnder(settings, seed);
  afterAll(() => settings.close());

  it.each(ORACLE_NAMES)(
    'hold for %s',
    async (name) => {
      const oracle = oracles[name];
      await oracle.open();
      const startedAt = performance.now();
      const searched = await search(oracle.programs, oracle.run, { seed, ms: msOf(name) });
      const line = { oracle: name, configuration: words, ms: performance.now() - startedAt, searched };
      lines.push(line);
      printLine(line);
      if (searched.violation) print(searched.violation);
      await oracle.close();
      expect(searched.violation).toBeUndefined();
    },
    TIMEOUT_MS,
  );
});

/** One that shows all of them: a driver that gives up loses its connection anyway where it is a pipeline. */
const REVEALING: Configuration = {
  planCacheMode: 'force_generic_plan',
  pipeline: false,
  pooler: false,
  poolMax: 1,
};

// Half a minute: the long run only.
(isLong ? describe : describe.skip)('the oracles', () => {
  const settings = new Settings(REVEALING);
  const oracles = oraclesUnder(settings, SEED);
  afterAll(async () => {
    await Promise.all(ORACLE_NAMES.map((name) => oracles[name].close()));
    await settings.close();
  });

  it('notice each wall that is switched off', async () => {
    const noticed = await fellWalls(oracles, SEED);
    printNoticed(noticed);
    const missed = [...noticed].filter(([{ noticedBy }, row]) => row.get(noticedBy) === undefined);
    expect(missed.map(([{ name }]) => name)).toEqual([]);
  }, 900_000);
});
