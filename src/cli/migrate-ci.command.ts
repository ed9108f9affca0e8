import { basename } from 'node:path';
import { invariants } from '../isolation.js';
import { SUPPORTED_MAJORS, findBinaries } from '../local/index.js';
import {
  checkFolder,
  checkReport,
  ExitCode,
  type FolderContent,
  MigrationError,
  loadSchema,
  mergeBase,
  migrationsFolder,
  schemaDrift,
  stairs,
} from '../migrations/index.js';
import { projectFolder } from './generated-file.js';
import { tryOn } from './migrate-ci/on-major.js';
import { progressOn } from './migrate-ci/progress.js';
import { openSite } from './migrate-ci/site.js';

interface Options {
  majors: string;
  states: string;
  base?: string;
}

/** What must hold before steps are merged, on servers of its own; stops at the first thing that does not. */
export async function migrateCi(options: Options): Promise<void> {
  const majors = numbers(options.majors, '--majors');
  const [states = 0] = numbers(options.states, '--states');
  const startedAt = performance.now();
  const progress = progressOn((line) => console.log(line));
  // Before anything is tried: a missing server is known at once.
  for (const major of majors) await installed(major);

  const folder = await progress.step('the folder is sound, and the schema has nothing beyond it', () =>
    soundFolder(migrationsFolder()),
  );
  const total = folder.journal?.length ?? 0;
  const climbs = stairs(total, states, await mergedSteps(folder, options.base));
  for (const major of majors) {
    const site = await openSite(major);
    console.log(`PostgreSQL ${major}`);
    try {
      await tryOn(site, { folder, stairs: climbs, invariants }, progress);
    } finally {
      await site.stop();
    }
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${progress.passed()} passed on PostgreSQL ${majors.join(', ')} in ${seconds} s`);
}

function numbers(text: string, option: string): number[] {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.every((part) => /^\d{1,2}$/.test(part))) return parts.map(Number);
  throw new MigrationError(ExitCode.USAGE, `${option} ${text}: whole numbers are expected, such as 15,18`);
}

async function installed(major: number): Promise<void> {
  await findBinaries(major).catch((error: Error) => {
    throw new MigrationError(ExitCode.USAGE, error.message, {
      hint: `All of them: --majors ${SUPPORTED_MAJORS.join(',')}`,
    });
  });
}

/** As db:check says. */
async function soundFolder(path: string): Promise<FolderContent> {
  const result = await checkFolder(path, {
    schemaDrift: await schemaDrift(path, await loadSchema(projectFolder)),
  });
  if (result.failing.length === 0) return result.folder;
  throw new MigrationError(ExitCode.INTEGRITY, 'The check of the folder fails', {
    detail: await checkReport(result, 'text', basename(path)),
    remedy: 'see each finding above; "npm run db:check" tells them again',
  });
}

/** How many steps the branch to merge into has; undefined where git cannot tell. */
async function mergedSteps(folder: FolderContent, ref: string | undefined): Promise<number | undefined> {
  const base = await mergeBase(folder.path, ref);
  if (!base && ref !== undefined)
    throw new MigrationError(ExitCode.USAGE, `--base ${ref}: git knows no commit in common with it`);
  const text = await base?.read('meta/_journal.json');
  return text === undefined ? undefined : (JSON.parse(text) as { entries: unknown[] }).entries.length;
}
