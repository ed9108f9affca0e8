import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode } from '../exit-code.js';
import type { JournalEntry } from '../folder/folder-content.js';
import { MigrationError } from '../migration-error.js';
import type { WholeSnapshot } from './differences.js';
import type { LastState } from './usable-folder.js';

export interface StepText {
  /** After the number: `create_notes`. */
  name: string;
  sql: string;
  /** undefined: it has none. */
  down?: string;
  after: WholeSnapshot;
}

/** A step that was written. */
export interface WrittenStep {
  tag: string;
  /** Relative to the folder. */
  files: string[];
}

/** Journals have further fields, which drizzle-kit needs and this room only passes on. */
type Journal = { entries: (JournalEntry & { version: string })[] };

/**
 * Writes the files of new steps, the journal last, so that a step is in it only with all its files. All or nothing, unless
 * the process is killed.
 * @throws MigrationError (INTEGRITY) where a file of that name is there already.
 */
export async function writeSteps(
  folder: string,
  { nextIndex, lastWhen, snapshot }: LastState,
  texts: StepText[],
  now: Date,
): Promise<WrittenStep[]> {
  const journalFile = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(await readFile(journalFile, 'utf8')) as Journal;
  const written: string[] = [];
  const write = async (file: string, text: string) => {
    await writeFile(join(folder, file), text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? alreadyThere(file) : error;
    });
    written.push(file);
  };
  try {
    let prevId = snapshot.id;
    const steps: WrittenStep[] = [];
    for (const [offset, { name, sql, down, after }] of texts.entries()) {
      const number = String(nextIndex + offset).padStart(4, '0');
      const tag = `${number}_${name}`;
      const from = written.length;
      const id = randomUUID();
      await write(`${tag}.sql`, sql);
      if (down !== undefined) await write(`${tag}.down.sql`, down);
      await write(join('meta', `${number}_snapshot.json`), JSON.stringify({ ...after, id, prevId }, null, 2));
      prevId = id;
      journal.entries.push({
        idx: nextIndex + offset,
        version: '7',
        when: Math.max(now.getTime(), lastWhen + 1) + offset,
        tag,
        breakpoints: true,
      });
      steps.push({ tag, files: written.slice(from) });
    }
    await writeFile(`${journalFile}.new`, JSON.stringify(journal, null, 2));
    await rename(`${journalFile}.new`, journalFile);
    return steps;
  } catch (error) {
    for (const file of written) await rm(join(folder, file), { force: true });
    throw error;
  }
}

const alreadyThere = (file: string) =>
  new MigrationError(ExitCode.INTEGRITY, `${file} is there already, but the journal does not name it`, {
    file,
    detail: 'Nothing was written.',
    remedy: 'delete it where an interrupted run left it; otherwise choose another --name',
  });
