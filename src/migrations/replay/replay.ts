import type { ClientConfig } from 'pg';
import type { Catalog } from '../catalog/catalog.js';
import { readCatalog } from '../catalog/read-catalog.js';
import { ExitCode } from '../exit-code.js';
import type { FolderContent } from '../folder/folder-content.js';
import { MigrationError } from '../migration-error.js';
import { queryOf } from '../run-query.js';
import { loadParser } from '../sql/parser.js';
import { runScript, scriptOf } from './run-step.js';
import { withThrowawayDatabase } from './throwaway-database.js';

/**
 * The catalogue that these steps make of an empty database, in the order given. They are run on a database of its own on
 * the server of `admin`, which is dropped again.
 * @param admin a superuser of a server that nobody needs.
 * @throws MigrationError (SQL_ERROR) where a step fails there, (INTEGRITY) where its file is missing or no SQL.
 */
export async function replay(admin: ClientConfig, folder: FolderContent, tags: string[]): Promise<Catalog> {
  await loadParser();
  const scripts = tags.map((tag) => scriptOf(folder, tag));
  return withThrowawayDatabase(admin, async (client) => {
    const query = queryOf(client);
    for (const script of scripts) await runScript(query, script);
    return readCatalog(query);
  });
}

/**
 * The tags of the journal up to and with `last`.
 * @throws MigrationError (USAGE) where there is no such tag, (INTEGRITY) without a journal.
 */
export function tagsUpTo(folder: FolderContent, last: string): string[] {
  const tags = journalTags(folder);
  const end = tags.indexOf(last);
  if (end >= 0) return tags.slice(0, end + 1);
  throw new MigrationError(ExitCode.USAGE, `There is no step ${last}`, {
    hint: tags.length > 0 ? `The journal goes from ${tags[0]} to ${tags.at(-1)}.` : 'The journal is empty.',
  });
}

/** @throws MigrationError (INTEGRITY) without a journal that can be read. */
export function journalTags({ journal, journalProblem }: FolderContent): string[] {
  if (journal) return journal.map(({ tag }) => tag);
  throw new MigrationError(ExitCode.INTEGRITY, journalProblem ?? 'The journal cannot be read', {
    file: 'meta/_journal.json',
    remedy: 'restore it from git (git checkout -- drizzle/meta/_journal.json)',
  });
}
