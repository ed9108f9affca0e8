import { ExitCode } from '../exit-code.js';
import { type FolderContent, isRollbackFile } from '../folder/folder-content.js';
import { emptySnapshot } from '../folder/snapshot.js';
import { MigrationError } from '../migration-error.js';
import type { WholeSnapshot } from './differences.js';

const DAY_MS = 86_400_000;

/** Where drizzle-kit begins: the `prevId` of the first snapshot. */
export const ORIGIN_ID = '00000000-0000-0000-0000-000000000000';

/** What a new step is put after. */
export interface LastState {
  nextIndex: number;
  /** Milliseconds since 1970: the new `when` must be greater. */
  lastWhen: number;
  snapshot: WholeSnapshot;
}

/**
 * The state of the folder after its last step.
 * @throws MigrationError (INTEGRITY) for everything that drizzle-kit passes over in silence and that would make the new step
 * wrong: no journal, files it does not name or that are missing, snapshots that collide or cannot be read, a `when` ahead.
 */
export function lastState(folder: FolderContent, now: Date): LastState {
  const { journal, journalProblem } = folder;
  if (!journal) throw broken(journalProblem ?? 'The journal cannot be read');
  const last = journal.at(-1);
  for (const { tag } of journal)
    if (!folder.files.has(`${tag}.sql`)) throw broken(`${tag}.sql is missing`, `${tag}.sql`);
  const known = new Set(journal.map(({ tag }) => `${tag}.sql`));
  for (const name of folder.files.keys())
    if (!known.has(name) && !isRollbackFile(name))
      throw broken(`${name} is not in the journal`, name, 'delete it, or add it to meta/_journal.json');
  if (last && last.when > now.getTime() + DAY_MS)
    throw broken(`The "when" of ${last.tag} is more than a day ahead (${new Date(last.when).toISOString()})`);
  if (!last) return { nextIndex: 0, lastWhen: 0, snapshot: blankSnapshot() };
  return { nextIndex: last.idx + 1, lastWhen: last.when, snapshot: lastSnapshot(folder, last.idx, last.tag) };
}

/** As drizzle-kit writes it before the first step. */
const blankSnapshot = (): WholeSnapshot =>
  ({
    ...emptySnapshot,
    id: ORIGIN_ID,
    version: '7',
    dialect: 'postgresql',
    schemas: {},
    policies: {},
    roles: {},
    sequences: {},
    views: {},
    _meta: { schemas: {}, tables: {}, columns: {} },
  }) as WholeSnapshot;

function lastSnapshot(folder: FolderContent, index: number, tag: string): WholeSnapshot {
  const parents = new Map<string, string>();
  for (const { name, snapshot } of folder.snapshots) {
    const file = `meta/${name}`;
    if (!snapshot) throw broken(`${file} cannot be read: it is not JSON, or no snapshot`, file);
    const twin = parents.get(snapshot.prevId);
    if (twin !== undefined)
      throw broken(
        `meta/${twin} and ${file} both follow the same snapshot: two branches each made a step from it`,
        file,
        'keep the one that is merged, delete the other step (SQL, snapshot, journal entry), and generate it again',
      );
    parents.set(snapshot.prevId, name);
  }
  const wanted = `${String(index).padStart(4, '0')}_snapshot.json`;
  const found = folder.snapshots.find(({ name }) => name === wanted)?.snapshot;
  if (!found) throw broken(`meta/${wanted}, the snapshot of ${tag}, is missing`, `meta/${wanted}`);
  return found;
}

const broken = (message: string, file?: string, remedy?: string) =>
  new MigrationError(ExitCode.INTEGRITY, message, {
    ...(file !== undefined && { file }),
    detail: 'Nothing was written.',
    remedy: remedy ?? 'bring it back from git ("git log -- drizzle" shows when it changed)',
  });
