import { SUPPORTED_MAJORS, findBinaries } from '../local/index.js';
import {
  ExitCode,
  type FolderContent,
  MigrationError,
  firstWrongSum,
  loadSchema,
  mergeBase,
  migrationsFolder,
  readFolder,
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
      await tryOn(site, { folder, stairs: climbs }, progress);
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

async function soundFolder(path: string): Promise<FolderContent> {
  const folder = await readFolder(path);
  const wrong = firstWrongSum(folder);
  if (wrong !== undefined)
    throw new MigrationError(ExitCode.INTEGRITY, `${wrong} is not what meta/_sum says`, {
      file: wrong,
      remedy:
        '"npm run db:generate" renews the sums of steps that are not merged yet; others are never edited',
    });
  const missing = await schemaDrift(path, await loadSchema(projectFolder));
  if (missing.length === 0) return folder;
  throw new MigrationError(ExitCode.PENDING, 'The migrations lag behind the schema', {
    detail: `these statements are missing:\n${missing.join('\n')}`,
    remedy: 'npm run db:generate',
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
