import { createApp } from '../../app.js';
import { loadConfig } from '../../config/index.js';
import { plantSeeds } from '../../local/index.js';
import {
  ExitCode,
  type Filled,
  type FolderContent,
  type Invariants,
  type MigrateOptions,
  MigrationError,
  fillRows,
  undoableSteps,
  rollback,
  migrate,
  readFixture,
  withState,
} from '../../migrations/index.js';
import { expectNoFinding, expectNoRowLost, expectSameCatalog, expectWalls } from './expect.js';
import type { Progress } from './progress.js';
import type { Site, TrialDatabase } from './site.js';

/** What is tried on each major. */
export interface Trial {
  folder: FolderContent;
  /** From how many steps to climb. */
  stairs: number[];
  invariants: Invariants;
}

const EDIT_DOWN = 'edit the newest .down.sql files, and "npm run db:generate" for their sums';
const EDIT_STEP =
  'edit the newest steps, while they are not merged, so that both ways end at the same schema';

/** Every way a database comes to the newest state, on one server. Stops at the first that fails. */
export async function tryOn(site: Site, trial: Trial, progress: Progress): Promise<void> {
  const { folder } = trial;
  const { step } = progress;
  const total = folder.journal?.length ?? 0;
  const apply = (database: TrialDatabase) =>
    migrateTo(database, folder.path, { invariants: trial.invariants });

  const fresh = await site.create();
  await step(
    'a fresh database takes every step',
    () => apply(fresh),
    ({ applied }) => `${applied.length} steps`,
  );
  await step('a second run finds nothing to do', async () => expectNothing(await apply(fresh)));
  await step('the audit finds no wall that is open', () => expectNoFinding(fresh, trial.invariants));

  for (const count of trial.stairs) {
    const from = folder.journal?.[count - 1]?.tag ?? '';
    const old = await site.create();
    const filled = await step(
      `rows in every table as of ${from}`,
      async () => {
        await withState(folder.path, count, (path) =>
          // The invariants speak of the tables that are declared now.
          migrateTo(old, path),
        );
        return fill(old, folder, from);
      },
      ({ rows }) => `${sum(rows)} rows in ${Object.keys(rows).length} tables`,
    );
    for (const { table, reason } of filled.empty) progress.tell(`${table} stayed empty: ${reason}`);
    await step(
      `from there up to the newest of ${total} steps, with the rows in place`,
      async () => {
        await apply(old);
        return old.asAdmin((query) => expectNoRowLost(query, filled.rows, from));
      },
      (rows) => `${rows} rows kept`,
    );
    await step('what was upgraded is what a fresh one is', () =>
      expectSameCatalog(fresh, old, `The database upgraded from ${from}`, EDIT_STEP),
    );
    await step(
      'each tenant sees its own rows only',
      () => expectWalls(old),
      (tables) => `${tables} tables`,
    );
  }

  const filled = await step(
    'rows in every table of the newest state',
    () => fill(fresh, folder, folder.journal?.at(-1)?.tag ?? ''),
    ({ rows }) => `${sum(rows)} rows in ${Object.keys(rows).length} tables`,
  );
  for (const { table, reason } of filled.empty) progress.tell(`${table} stayed empty: ${reason}`);
  await step(
    'each tenant sees its own rows only',
    () => expectWalls(fresh),
    (tables) => `${tables} tables`,
  );

  await downAndUp(site, trial, progress, fresh);

  const shared = await site.create();
  await step('two runners at once apply every step once', async () =>
    expectOnce(await Promise.all([apply(shared), apply(shared)]), total),
  );
  await step('seeding twice changes nothing the second time', () => seedTwice(shared));
}

/** As far back as the rollback files go; what they leave must be what the steps before them make. */
async function downAndUp(
  site: Site,
  { folder }: Trial,
  { step, tell }: Pick<Progress, 'step' | 'tell'>,
  fresh: TrialDatabase,
): Promise<void> {
  const total = folder.journal?.length ?? 0;
  const steps = await undoableSteps(folder);
  if (steps === 0) return tell('the newest step has no way back, so none was tried');
  const earlier = await site.create();
  await withState(folder.path, total - steps, (path) => migrateTo(earlier, path));
  const connection = { connectionString: fresh.urls.migrator };
  await step(`down ${steps} steps, with rows in the tables, to what was before`, async () => {
    await rollback(connection, { folder: folder.path, steps, ...THROWN_AWAY });
    await expectSameCatalog(earlier, fresh, 'What the rollback left', EDIT_DOWN);
  });
  await step('and up again', async () => {
    for (const database of [fresh, earlier]) await migrateTo(database, folder.path);
    await expectSameCatalog(earlier, fresh, 'What went down and up', EDIT_DOWN);
  });
}

/** Nothing of a server that is thrown away needs the second key. */
const THROWN_AWAY: MigrateOptions = { criticalFindings: async () => [] };

const migrateTo = ({ urls }: TrialDatabase, folder: string, options: MigrateOptions = {}) =>
  migrate({ connectionString: urls.migrator }, { folder, ...THROWN_AWAY, ...options });

async function fill(database: TrialDatabase, folder: FolderContent, tag: string): Promise<Filled> {
  const fixture = await readFixture(folder, tag);
  return database.asAdmin(async (query) => {
    if (fixture) await query(fixture);
    return fillRows(query);
  });
}

const sum = (rows: Record<string, number>) => Object.values(rows).reduce((total, count) => total + count, 0);

function expectNothing({ applied }: { applied: string[] }): void {
  if (applied.length === 0) return;
  throw new MigrationError(ExitCode.INTEGRITY, `A second run applied again: ${applied.join(', ')}`);
}

function expectOnce(runs: { applied: string[] }[], total: number): void {
  const applied = runs.flatMap((run) => run.applied);
  if (applied.length === total && new Set(applied).size === total) return;
  throw new MigrationError(ExitCode.INTEGRITY, `Two runners applied ${applied.join(', ')} of ${total} steps`);
}

async function seedTwice({ urls }: TrialDatabase): Promise<void> {
  const config = loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: urls.app,
    CONTROL_DATABASE_URL: urls.control,
  });
  const app = await createApp(config);
  try {
    await app.init();
    await plantSeeds(app);
    const again = (await plantSeeds(app)).reports.filter(({ changed }) => sum(changed) > 0);
    const told = again.map(({ seed, changed }) => `${seed}: ${JSON.stringify(changed)}`);
    if (told.length > 0)
      throw new MigrationError(ExitCode.INTEGRITY, `Seeding again changed rows: ${told.join('; ')}`, {
        remedy: 'let the seed look for its row before it writes one (src/local)',
      });
  } finally {
    await app.close();
  }
}
