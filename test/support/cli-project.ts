import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from './child-environment.js';
import { keepOutput } from './test-logs.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface CliRun {
  child: ChildProcess;
  /** stdout and stderr, as far as they came. */
  output: string;
  /** null: killed. */
  exit: Promise<number | null>;
}

/** A project whose steps make none of the service's tables has none of its walls to look at. */
const NO_WALLS = ['audit', 'probe', 'invariants', 'invariantsOfThePast']
  .map((name) => `export const ${name} = async () => [];\n`)
  .join('');

/**
 * The built commands in a project of their own, whose `drizzle/` is a test's folder. `pretest` builds them. `hasWalls`: the
 * folder begins with the service's own steps.
 */
export class CliProject {
  readonly #children: ChildProcess[] = [];
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  static async create({ hasWalls = false } = {}): Promise<CliProject> {
    const path = await mkdtemp(join(tmpdir(), 'rowhouse-cli-'));
    for (const name of ['dist', 'package.json'])
      await cp(join(root, name), join(path, name), { recursive: true });
    await symlink(join(root, 'node_modules'), join(path, 'node_modules'));
    if (!hasWalls) await writeFile(join(path, 'dist', 'isolation.js'), NO_WALLS);
    return new CliProject(path);
  }

  /** The folder of the steps from now on. */
  async use(folder: string): Promise<void> {
    await rm(join(this.#path, 'drizzle'), { force: true });
    await symlink(folder, join(this.#path, 'drizzle'));
  }

  start(url: string, ...args: string[]): CliRun {
    const child = spawn(process.execPath, ['dist/cli.js', ...args], {
      cwd: this.#path,
      env: { ...childEnvironment(), NODE_ENV: 'test', MIGRATION_DATABASE_URL: url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.push(child);
    const run: CliRun = {
      child,
      output: '',
      exit: once(child, 'close').then(([code]) => code as number | null),
    };
    child.stdout?.on('data', (chunk) => (run.output += chunk));
    child.stderr?.on('data', (chunk) => (run.output += chunk));
    void run.exit.then(() => keepOutput(run.output));
    return run;
  }

  /** Answers what it printed; throws unless it ends with `expected`. */
  async finish(url: string, args: string[], expected = 0): Promise<string> {
    const run = this.start(url, ...args);
    const code = await run.exit;
    if (code !== expected) throw new Error(`${args.join(' ')} ended with ${code}:\n${run.output}`);
    return run.output;
  }

  async remove(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    await rm(this.#path, { recursive: true, force: true });
  }
}
