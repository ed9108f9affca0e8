import { basename } from 'node:path';
import {
  checkFolder,
  checkReport,
  ExitCode,
  MigrationError,
  generateSteps,
  loadSchema,
  migrationsFolder,
  schemaDrift,
} from '../migrations/index.js';
import { isTerminal } from './ask-in-terminal.js';
import { askRename } from './ask-rename.js';
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
    ...(isTerminal() && { ask: askRename }),
  });
  for (const { files } of steps) for (const file of files) console.log(`+ drizzle/${file}`);
  await tellFindings(folder, new Set(steps.map(({ tag }) => tag)));
  console.log(steps.length > 0 ? next(custom) : 'No schema changes');
}

const next = (isCustom: boolean) =>
  isCustom
    ? 'Write the SQL, then run "npm run db:generate" once more for its sum, and "npm run db:check". A .down.sql is yours to write.'
    : 'Read them, edit what you must, run "npm run db:generate" once more for the sums, then "npm run db:check". "npm start" applies them.';

/** What db:check will say of the new steps; they are there to be edited. */
async function tellFindings(folder: string, tags: ReadonlySet<string>): Promise<void> {
  const { findings, failing } = await checkFolder(folder);
  const isNew = ({ tag }: { tag?: string }) => tag !== undefined && tags.has(tag);
  const ofSteps = { findings: findings.filter(isNew), failing: failing.filter(isNew) };
  if (ofSteps.findings.length > 0) console.log(await checkReport(ofSteps, 'text', basename(folder)));
}

async function checkSchema(folder: string, schema: Record<string, unknown>): Promise<void> {
  const statements = await schemaDrift(folder, schema);
  if (statements.length === 0) return console.log('No schema changes');
  throw new MigrationError(ExitCode.PENDING, 'The migrations lag behind the schema', {
    detail: `these statements are missing:\n${statements.join('\n')}`,
    remedy: 'npm run db:generate',
  });
}
