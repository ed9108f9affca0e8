import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import { conflictMarker } from './conflict-marker.js';
import type { FolderContent, JournalEntry, LintSettings, SnapshotFile, SqlFile } from './folder-content.js';
import type { Snapshot, SnapshotTable } from './snapshot.js';

/**
 * Reads all of a migrations folder; what is broken in it is told in the answer and not thrown, so that every fault of a
 * folder can be reported at once.
 * @throws MigrationError (USAGE) when there is no such folder, or `lint.json` cannot be used.
 */
export async function readFolder(path: string): Promise<FolderContent> {
  const names = await namesIn(path);
  const metaNames = await readdir(join(path, 'meta')).catch(() => []);
  const files = await Promise.all(
    names.filter((name) => name.endsWith('.sql')).map((name) => readSqlFile(path, name)),
  );
  const snapshots = await Promise.all(
    metaNames
      .filter((name) => name.endsWith('_snapshot.json'))
      .toSorted()
      .map((name) => readSnapshot(path, name)),
  );
  return {
    path,
    ...(await readJournal(path)),
    files: new Map(files.map((file) => [file.name, file])),
    snapshots,
    sums: await readFile(join(path, 'meta', '_sum'), 'utf8').then(withLf, () => undefined),
    settings: await readSettings(path),
  };
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).toSorted();
  } catch (cause) {
    throw new MigrationError(ExitCode.USAGE, `The folder of the migrations cannot be read: ${path}`, {
      cause,
    });
  }
}

async function readSqlFile(path: string, name: string): Promise<SqlFile> {
  const bytes = await readFile(join(path, name));
  const text = bytes.toString('utf8');
  const normalised = withLf(text);
  return {
    name,
    text: normalised,
    sha256: sha256(normalised),
    drizzleHash: sha256(text),
    hasCarriageReturns: text.includes('\r'),
  };
}

async function readSnapshot(path: string, name: string): Promise<SnapshotFile> {
  return { name, snapshot: asSnapshot(parseJson(await readFile(join(path, 'meta', name), 'utf8'))) };
}

/** Older versions of drizzle-kit wrote the same format without checks and policies. */
function asSnapshot(value: unknown): Snapshot | undefined {
  const { id, prevId, tables, enums } = (value ?? {}) as Partial<Snapshot>;
  if (typeof id !== 'string' || typeof prevId !== 'string' || !tables) return undefined;
  if (!Object.values(tables).every(hasColumns)) return undefined;
  const whole = Object.entries(tables).map(([key, table]) => [key, { ...noParts, ...table }] as const);
  return { ...(value as Snapshot), tables: Object.fromEntries(whole), enums: enums ?? {} };
}

const hasColumns = (table: unknown) =>
  typeof (table as Partial<SnapshotTable> | null)?.columns === 'object' &&
  typeof (table as Partial<SnapshotTable>).name === 'string';

const noParts = {
  indexes: {},
  foreignKeys: {},
  compositePrimaryKeys: {},
  uniqueConstraints: {},
  checkConstraints: {},
  policies: {},
};

async function readJournal(path: string): Promise<Pick<FolderContent, 'journal' | 'journalProblem'>> {
  const file = join('meta', '_journal.json');
  const text = await readFile(join(path, file), 'utf8').catch(() => undefined);
  if (text === undefined) return { journal: undefined, journalProblem: `${file} is missing` };
  const value = parseJson(text) as { entries?: unknown } | undefined;
  if (value === undefined) {
    const marker = conflictMarker(text);
    const problem = marker ? `holds conflict markers (line ${marker.position.line})` : 'is not JSON';
    return { journal: undefined, journalProblem: `${file} ${problem}` };
  }
  const entries = value.entries;
  if (!Array.isArray(entries) || !entries.every(isJournalEntry))
    return { journal: undefined, journalProblem: `${file} has no list of entries with idx, when and tag` };
  return { journal: entries };
}

const isJournalEntry = (value: unknown): value is JournalEntry => {
  const entry = value as Partial<JournalEntry> | null;
  return Number.isInteger(entry?.idx) && typeof entry?.when === 'number' && typeof entry.tag === 'string';
};

async function readSettings(path: string): Promise<LintSettings> {
  const text = await readFile(join(path, 'lint.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return {};
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new MigrationError(ExitCode.USAGE, 'lint.json is not a JSON object', { file: 'lint.json' });
  const known = { startAfter: 'string', released: 'string', lowestMajor: 'number' };
  for (const [key, setting] of Object.entries(value)) {
    const type = known[key as keyof typeof known] as string | undefined;
    if (typeof setting !== type)
      throw new MigrationError(
        ExitCode.USAGE,
        `lint.json: "${key}" is ${type ? `not a ${type}` : 'unknown'}`,
        {
          file: 'lint.json',
          hint: `It may hold ${Object.keys(known).join(', ')}.`,
        },
      );
  }
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const withLf = (text: string) => text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
