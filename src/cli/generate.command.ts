import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { migrationsFolder } from '../migrations/index.js';
import { Failed } from './exit.js';
import { projectFolder } from './generated-file.js';
import { appendSecurity, readSteps } from './step-security.js';

interface Options {
  name?: string;
  check?: boolean;
}

/** drizzle-kit knows columns and constraints; the walls of new tenant tables are appended to the step it wrote. */
export async function generate({ name, check }: Options): Promise<void> {
  if (check) return checkSchema();
  const folder = migrationsFolder();
  const before = await readSteps(folder);
  console.log(await drizzleKit(folder, name ? ['--name', name] : []));
  const [step] = (await readSteps(folder)).slice(before.length);
  if (!step) return;
  for (const statement of await appendSecurity(folder, step, before.at(-1))) console.log(`+ ${statement}`);
}

/** On a copy, so that nothing is left behind. */
async function checkSchema(): Promise<void> {
  // Inside the project: drizzle-kit takes no folder outside of where it runs.
  const copy = await mkdtemp(join(projectFolder, 'dist', 'drizzle-'));
  try {
    await cp(migrationsFolder(), copy, { recursive: true });
    const before = await readSteps(copy);
    const told = await drizzleKit(copy, []);
    if ((await readSteps(copy)).length > before.length) throw new Failed(`${told}\nThe schema has changes without a migration; run "npm run db:generate".`);
    if (!told.includes('No schema changes')) throw new Failed(`drizzle-kit did not say "No schema changes":\n${told}`);
    console.log('No schema changes');
  } finally {
    await rm(copy, { recursive: true });
  }
}

/** Answers what it told. Its questions (was this column renamed?) go to the terminal. */
function drizzleKit(out: string, args: string[]): Promise<string> {
  const options = ['--dialect', 'postgresql', '--schema', './src/**/*.schema.ts', '--out', relative(projectFolder, out)];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const program = join(projectFolder, 'node_modules', '.bin', 'drizzle-kit');
  execFile(program, ['generate', ...options, ...args], { cwd: projectFolder }, (error, stdout, stderr) => {
    if (error) reject(new Failed(`drizzle-kit failed:\n${stdout}${stderr}`));
    else resolve(stdout.trim());
  });
  return promise;
}
