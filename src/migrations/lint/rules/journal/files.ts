import { isRollbackFile } from '../../../folder/folder-content.js';
import type { FolderContent, SqlFile } from '../../../folder/folder-content.js';
import { SqlSyntaxError } from '../../../sql/statement.js';
import { parsedFile } from '../../parsed-file.js';
import type { FolderRule } from '../../rule.js';
import { nearest } from '../../nearest.js';

export const orphanSql: FolderRule = {
  id: 'orphan-sql',
  group: 'journal',
  severity: 'error',
  title: 'A SQL file is not in the journal, so that no migration ever applies it',
  why: "drizzle's own migrator leaves it out without a word: the schema lacks what everybody sees in the folder. Where the file holds row security or privileges, it is a wall that was never built, and the finding is critical; no directive covers it.",
  rewrite: `npm run db:generate -- --custom --name the_name
# Then move the SQL into the new step and delete the file. A way back is called like its step: 0004_add_note.down.sql`,
  *checkFolder({ files, journal }) {
    if (!journal) return;
    const tags = new Set(journal.map(({ tag }) => tag));
    for (const file of files.values()) {
      if (isRollbackFile(file.name) || tags.has(stem(file))) continue;
      const isWall = holdsWalls(file);
      yield {
        file: file.name,
        object: file.name,
        severity: isWall ? 'critical' : 'error',
        message: `${file.name} is not in the journal and is never applied${isWall ? '; it holds row security or privileges, which the database lacks' : ''}`,
      };
    }
  },
};

const stem = ({ name }: SqlFile) => name.replace(/\.sql$/, '');

const walls = [
  'CreatePolicyStmt',
  'AlterPolicyStmt',
  'GrantStmt',
  'GrantRoleStmt',
  'AlterDefaultPrivilegesStmt',
];

function holdsWalls(file: SqlFile): boolean {
  const parsed = parsedFile(file);
  // What cannot be parsed may still be a wall.
  if (parsed instanceof SqlSyntaxError)
    return /\b(policy|grant|revoke)\b|row\s+level\s+security/i.test(file.text);
  return parsed.statements.some(({ node, nested }) =>
    [node, ...nested.map((inner) => inner.node)].some((each) => {
      const text = JSON.stringify(each);
      return walls.some((kind) => text.includes(`"${kind}"`)) || text.includes('RowSecurity"');
    }),
  );
}

export const missingSql: FolderRule = {
  id: 'missing-sql',
  group: 'journal',
  severity: 'error',
  title: 'The journal names a step whose file is missing',
  why: 'No database can be built from the folder any more. A file that was renamed is the usual cause: the tag in the journal and the name of the file are the same, letter by letter, also where the disk does not care about capitals.',
  rewrite: `git log --diff-filter=D --name-only -- drizzle/0004_add_note.sql
git checkout HEAD -- drizzle/0004_add_note.sql`,
  *checkFolder(folder) {
    for (const { tag } of new Map(folder.journal?.map((entry) => [entry.tag, entry])).values()) {
      if (folder.files.has(`${tag}.sql`)) continue;
      const similar = nearest(`${tag}.sql`, spareFiles(folder));
      yield {
        object: tag,
        message: `${tag}.sql is missing${similar ? `; is it ${similar}?` : ''}`,
      };
    }
  },
};

const spareFiles = ({ files, journal = [] }: FolderContent) => {
  const tags = new Set(journal.map(({ tag }) => tag));
  return [...files.values()]
    .filter((file) => !tags.has(stem(file)) && !isRollbackFile(file.name))
    .map(({ name }) => name);
};

export const rollbackWithoutStep: FolderRule = {
  id: 'rollback-without-step',
  group: 'journal',
  severity: 'warning',
  title: 'A file for the way back belongs to no step',
  why: 'db:rollback looks for it by the name of the step, and would say that the step has none.',
  rewrite: `git mv drizzle/0004_note.down.sql drizzle/0004_add_note.down.sql`,
  *checkFolder({ files, journal }) {
    if (!journal) return;
    const tags = journal.map(({ tag }) => tag);
    for (const { name } of files.values()) {
      if (!isRollbackFile(name)) continue;
      const tag = name.replace(/(?:\.down|_down|_rollback)\.sql$/, '');
      if (tags.includes(tag)) continue;
      const similar = nearest(tag, tags);
      yield {
        file: name,
        message: `${name} belongs to no step${similar ? `; is it meant for ${similar}?` : ''}`,
      };
    }
  },
};

export const carriageReturns: FolderRule = {
  id: 'carriage-returns',
  group: 'journal',
  severity: 'warning',
  title: 'A file has Windows line ends',
  why: "drizzle's own ledger sums the bytes as they are: the same step has another sum after a checkout on another system. Rowhouse sums the text with LF line ends and does not mind, drizzle-kit does.",
  rewrite: `git add --renormalize drizzle
# after this line in .gitattributes: drizzle/** text eol=lf`,
  *checkFolder({ files }) {
    for (const { name, hasCarriageReturns } of files.values())
      if (hasCarriageReturns) yield { file: name, message: `${name} has CR line ends; it should have LF` };
  },
};
