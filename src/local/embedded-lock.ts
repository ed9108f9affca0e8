import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processMark } from './embedded-process.js';

interface Holder {
  pid: number;
  startedAt: string;
  processStart: string | undefined;
}

/** Another live process works in the folder; `message` says which one and what to do. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  readonly pid: number;

  constructor(folder: string, holder: Holder) {
    super(
      `${folder} is in use by process ${holder.pid}, running since ${holder.startedAt}. ` +
        `Stop it (Ctrl-C there, or "kill ${holder.pid}"), or start from another copy of the project.`,
    );
    this.pid = holder.pid;
  }
}

/** Holds `folder` for this process until `release`. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes the lock file `lock` in `folder`, which is created when missing. What a killed process left is no obstacle.
 * @throws FolderInUse while its holder lives.
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'lock');
  const own = `${lock}.${process.pid}`;
  const mark = processMark(process.pid);
  const holder: Holder = { pid: process.pid, startedAt: new Date().toISOString(), processStart: mark };
  writeFileSync(own, JSON.stringify(holder));
  try {
    // A link appears at once and with its content; a file opened with "wx" can be read while it is still empty.
    while (!tryLink(own, lock)) breakStale(folder, lock);
  } finally {
    rmSync(own, { force: true });
  }
  return { release: () => rmSync(lock, { force: true }) };
}

/** Who holds `folder` now: undefined when nobody does, or only a process that is gone. */
export function folderHolder(folder: string): Holder | undefined {
  const holder = parse(readText(join(folder, 'lock')));
  return holder && processMark(holder.pid) === holder.processStart ? holder : undefined;
}

function breakStale(folder: string, lock: string): void {
  const seen = readText(lock);
  const holder = folderHolder(folder);
  if (holder) throw new FolderInUse(folder, holder);
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  // Between reading and renaming, another starter may have replaced the stale lock by its own: give that back.
  if (readText(aside) !== seen) tryLink(aside, lock);
  rmSync(aside, { force: true });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function parse(text: string | undefined): Holder | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Holder);
  } catch {
    return undefined;
  }
}
