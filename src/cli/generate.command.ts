import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import {
  ExitCode,
  MigrationError,
  type PossibleRename,
  generateSteps,
  loadSchema,
  migrationsFolder,
  renameText,
  schemaDrift,
} from '../migrations/index.js';
import { projectFolder } from './generated-file.js';

interface Options {
  name?: string;
  custom?: boolean;
  check?: boolean;
  rename?: string[];
  /** false: `--no-renames`. */
  renames: boolean;
}

/** Writes what the schema has beyond the last step, with its row security, the way back, and the sums. */
export async function generate({
  name,
  custom = false,
  check,
  rename = [],
  renames,
}: Options): Promise<void> {
  const folder = migrationsFolder();
  const schema = custom ? {} : await loadSchema(projectFolder);
  if (check) return checkSchema(folder, schema);
  const steps = await generateSteps(folder, schema, {
    ...(name !== undefined && { name }),
    isCustom: custom,
    renames: rename,
    isRestNew: !renames,
    ...(stdin.isTTY && stdout.isTTY && { ask: askRename }),
  });
  for (const { files } of steps) for (const file of files) console.log(`+ drizzle/${file}`);
  console.log(steps.length > 0 ? next(custom) : 'No schema changes');
}

const next = (isCustom: boolean) =>
  isCustom
    ? 'Write the SQL, then run "npm run db:generate" once more for its sum, and "npm run db:check". A .down.sql is yours to write.'
    : 'Read them, edit what you must, run "npm run db:generate" once more for the sums, then "npm run db:check".';

async function checkSchema(folder: string, schema: Record<string, unknown>): Promise<void> {
  const statements = await schemaDrift(folder, schema);
  if (statements.length === 0) return console.log('No schema changes');
  throw new MigrationError(ExitCode.PENDING, 'The migrations lag behind the schema', {
    detail: `these statements are missing:\n${statements.join('\n')}`,
    remedy: 'npm run db:generate',
  });
}

/** A number is asked for and not "y", so that nobody answers by habit. */
async function askRename(name: string, candidates: PossibleRename[]): Promise<PossibleRename | undefined> {
  console.log(`\nIs ${name} new, or was it renamed?`);
  console.log(`  0  new: it is created, and what is gone is dropped with all that is in it`);
  for (const [index, { from }] of candidates.entries()) console.log(`  ${index + 1}  it was ${from}`);
  const terminal = createInterface({ input: stdin, output: stdout });
  try {
    const answer = await terminal.question(`0 to ${candidates.length}: `);
    if (/^\d+$/.test(answer) && Number(answer) <= candidates.length) return candidates[Number(answer) - 1];
    throw new MigrationError(
      ExitCode.USAGE,
      `${JSON.stringify(answer)} is none of these; nothing was written`,
      {
        hint: `Without a question: ${candidates.map((rename) => `--rename ${renameText(rename)}`).join(' or ')}`,
      },
    );
  } finally {
    terminal.close();
  }
}
