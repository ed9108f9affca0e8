import type { Snapshot } from '../../../folder/snapshot.js';
import type { FolderRule } from '../../rule.js';
import { snapshotOf } from '../../step-context.js';

const beforeAll = '00000000-0000-0000-0000-000000000000';

export const snapshotMissing: FolderRule = {
  id: 'snapshot-missing',
  group: 'journal',
  severity: 'error',
  title: 'A step has no snapshot',
  why: 'drizzle-kit computes the next step from the last snapshot: without it the next step repeats what is there already, or takes it back. Of older steps the rules only know less, so those are warnings.',
  rewrite: `git checkout HEAD -- drizzle/meta
npm run db:generate`,
  *checkFolder(folder) {
    const { journal = [], snapshots } = folder;
    const present = new Set(snapshots.map(({ name }) => name));
    for (const entry of journal) {
      const name = `${entry.tag.split('_')[0]}_snapshot.json`;
      if (present.has(name)) continue;
      const isLast = entry === journal.at(-1);
      yield {
        object: entry.tag,
        severity: isLast ? 'error' : 'warning',
        message: isLast
          ? `meta/${name} of the last step is missing: the next db:generate would start from the wrong schema`
          : `meta/${name} is missing`,
      };
    }
  },
};

export const snapshotCollision: FolderRule = {
  id: 'snapshot-collision',
  group: 'journal',
  severity: 'error',
  title: 'Two snapshots have the same parent or the same id',
  why: 'Two branches each added a step to the same one before. drizzle-kit refuses to go on, and ends with 0 all the same.',
  rewrite: `git checkout --theirs drizzle/meta
# Then delete your own step and its snapshot, and write it again, after theirs:
npm run db:generate`,
  *checkFolder({ snapshots }) {
    const parents = new Map<string, string>();
    const ids = new Map<string, string>();
    for (const { name, snapshot } of snapshots) {
      if (!snapshot) continue;
      const sibling = parents.get(snapshot.prevId);
      const twin = ids.get(snapshot.id);
      if (twin) yield { file: `meta/${name}`, message: `${twin} and ${name} have the same id` };
      else if (sibling)
        yield { file: `meta/${name}`, message: `${sibling} and ${name} have the same parent` };
      parents.set(snapshot.prevId, name);
      ids.set(snapshot.id, name);
    }
  },
};

export const snapshotDangling: FolderRule = {
  id: 'snapshot-dangling',
  group: 'journal',
  severity: 'warning',
  title: 'The parent of a snapshot is not in the folder',
  why: 'A snapshot before it was deleted or replaced. drizzle-kit goes on, but nobody can tell any more what the step was computed from.',
  rewrite: `git checkout HEAD -- drizzle/meta`,
  *checkFolder(folder) {
    const { journal = [], snapshots } = folder;
    const ids = new Set(snapshots.flatMap(({ snapshot }) => snapshot?.id ?? []));
    for (const [index, entry] of journal.entries()) {
      const snapshot: Snapshot | undefined = snapshotOf(folder, entry);
      const previous = journal[index - 1];
      if (!snapshot || ids.has(snapshot.prevId)) continue;
      if (index === 0 && snapshot.prevId === beforeAll) continue;
      // Where the one before is missing, that is what is told.
      if (previous && !snapshotOf(folder, previous)) continue;
      yield {
        object: entry.tag,
        message: `The snapshot of ${entry.tag} names a parent (${snapshot.prevId}) that no snapshot has as its id`,
      };
    }
  },
};

export const schemaDrift: FolderRule = {
  id: 'schema-drift',
  group: 'journal',
  severity: 'error',
  title: 'The declared schema is not what the steps make',
  why: 'The code expects tables and columns that no migration creates, or the other way round: it fails at run time where the database was migrated.',
  rewrite: `npm run db:generate`,
  *checkFolder(_folder, { schemaDrift: statements = [] }) {
    for (const statement of statements)
      yield { message: `No step does this yet: ${statement.trim().replaceAll(/\s+/g, ' ').slice(0, 300)}` };
  },
};
