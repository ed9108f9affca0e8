import { type FolderContent, rollbackFileOf } from '../folder/folder-content.js';
import { parseSql } from '../sql/parse.js';
import { loadParser } from '../sql/parser.js';

/** How many of the newest steps have a way back: a rollback file that does not say `-- rowhouse:irreversible`. */
export async function undoableSteps(folder: FolderContent): Promise<number> {
  await loadParser();
  const tags = (folder.journal ?? []).map(({ tag }) => tag).toReversed();
  const end = tags.findIndex((tag) => {
    const file = rollbackFileOf(folder, tag);
    return !file || parseSql(file.text).directives.some(({ name }) => name === 'irreversible');
  });
  return end < 0 ? tags.length : end;
}
