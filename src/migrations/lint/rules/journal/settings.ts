import type { FolderRule } from '../../rule.js';
import { nearest } from '../../nearest.js';

export const unknownSetting: FolderRule = {
  id: 'lint-settings',
  group: 'journal',
  severity: 'error',
  title: 'lint.json names a step that does not exist',
  why: 'With a mistyped startAfter it would be unclear which steps the rules speak about; all are checked until it is mended. With a mistyped released every contract would count as too early.',
  rewrite: `npm run db:check
# after mending drizzle/lint.json: {"startAfter": "0001_platform", "released": "0004_add_note"}`,
  *checkFolder({ journal, settings }) {
    if (!journal) return;
    const tags = journal.map(({ tag }) => tag);
    for (const key of ['startAfter', 'released'] as const) {
      const tag = settings[key];
      if (tag === undefined || tags.includes(tag)) continue;
      const similar = nearest(tag, tags);
      yield {
        file: 'lint.json',
        message: `"${key}" names ${tag}, which is no step${similar ? `; is it ${similar}?` : ''}`,
      };
    }
  },
};
