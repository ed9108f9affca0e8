import { execFile } from 'node:child_process';
import { relative } from 'node:path';
import { promisify } from 'node:util';
import { realpath } from 'node:fs/promises';

const run = promisify(execFile);
const LARGEST_FILE_BYTES = 64 * 1024 * 1024;

/** The last commit that this branch shares with the main one: what is in it has been merged, and may be applied somewhere. */
export interface MergeBase {
  /** The commit's full name. */
  commit: string;
  /** Names of the files below `folder`, relative to it. */
  files(): Promise<string[]>;
  /** The text of a file below `folder`; undefined: it was not there. */
  read(file: string): Promise<string | undefined>;
}

/**
 * Of the repository that `folder` is in. `ref` is the branch to merge into; without it, what GitHub says in a pull request,
 * then the remote's default branch, then a local `main` or `master`. On that branch itself it is the newest commit.
 * @returns undefined without git, outside of a repository, or where no such branch is known (a shallow clone).
 */
export async function mergeBase(folder: string, ref?: string): Promise<MergeBase | undefined> {
  const place = await realpath(folder);
  const git = async (...args: string[]) =>
    (await run('git', ['-C', place, ...args], { maxBuffer: LARGEST_FILE_BYTES })).stdout;
  const top = await git('rev-parse', '--show-toplevel').catch(() => undefined);
  if (top === undefined) return undefined;
  const inside = relative(top.trim(), place);
  for (const candidate of ref === undefined ? candidates() : [ref]) {
    const commit = await git('merge-base', 'HEAD', candidate).catch(() => undefined);
    if (commit === undefined) continue;
    const at = commit.trim();
    return {
      commit: at,
      files: async () =>
        (await git('ls-tree', '-r', '--name-only', '-z', at, '.')).split('\0').filter((name) => name !== ''),
      read: (file) => git('show', `${at}:${inside}/${file}`).catch(() => undefined),
    };
  }
  return undefined;
}

function candidates(): string[] {
  const target = process.env['GITHUB_BASE_REF'];
  const rest = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];
  return target ? [`origin/${target}`, ...rest] : rest;
}
