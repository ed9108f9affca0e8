import { fileOf } from '../../../folder/folder-content.js';
import { SqlSyntaxError } from '../../../sql/statement.js';
import { parsedFile } from '../../parsed-file.js';
import type { FolderRule } from '../../rule.js';

export const emptyStep: FolderRule = {
  id: 'empty-step',
  group: 'journal',
  severity: 'error',
  title: 'A step holds no statement',
  why: 'It would be applied as it is, and what is written into it afterwards would be the edit of an applied step, which is refused.',
  rewrite: `-- Write the SQL into the file that "npm run db:generate -- --custom" made, then renew the sums:
-- npm run db:generate`,
  *checkFolder(folder) {
    for (const { tag } of folder.journal ?? []) {
      const file = fileOf(folder, tag);
      const parsed = file && parsedFile(file);
      if (!parsed || parsed instanceof SqlSyntaxError || parsed.statements.length > 0) continue;
      yield { file: file.name, object: tag, message: `${file.name} holds no statement` };
    }
  },
};
