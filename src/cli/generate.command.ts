import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
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
  await drizzleKit(name ? ['--name', name] : [], 'inherit');
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
    const target = [
      '--dialect',
      'postgresql',
      '--schema',
      './src/**/*.schema.ts',
      '--out',
      relative(projectFolder, copy),
    ];
    const told = await drizzleKit(target, 'pipe');
    if (!told.includes('No schema changes'))
      throw new Failed(`${told}\nThe migrations lag behind the schema; run "npm run db:generate".`);
    console.log('No schema changes');
  } finally {
    await rm(copy, { recursive: true });
  }
}

/** Answers what it told, if piped. Inherited, its questions (was this column renamed?) reach the terminal. */
async function drizzleKit(args: string[], output: 'inherit' | 'pipe'): Promise<string> {
  const program = join(projectFolder, 'node_modules', '.bin', 'drizzle-kit');
  const child = spawn(program, ['generate', ...args], {
    cwd: projectFolder,
    stdio: ['inherit', output, 'inherit'],
  });
  const told = child.stdout ? text(child.stdout) : '';
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Failed(`drizzle-kit failed\n${await told}`);
  return told;
}
