import { spawnSync } from 'node:child_process';

/**
 * The runner of schematics takes a collection that is named by its path for one under development, and writes nothing
 * unless it is told to; Nest's CLI, which starts it, has no way to say so. So the runner is started once more, with that
 * word, and its outcome is ours. It is not where somebody asked for a dry run.
 */
export function writeForReal(argv: readonly string[] = process.argv): void {
  const [, runner = '', ...given] = argv;
  const isRunner = /schematics(\.js)?$/.test(runner);
  const isTold = given.some((argument) => /^--(no-)?(debug|dry-run)\b/.test(argument));
  if (!isRunner || isTold) return;
  const { status } = spawnSync(process.execPath, [runner, ...given, '--no-debug'], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
