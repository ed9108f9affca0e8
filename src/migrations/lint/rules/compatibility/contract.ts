import type { AlterTableCmd, Node } from 'libpg-query';
import { qualifiedName, relationName, spokenName } from '../../../sql/names.js';
import type { Statement } from '../../../sql/statement.js';
import type { Report, StepContext, StepRule } from '../../rule.js';
import { nodesOfStatement } from '../nodes-of-statement.js';

export const contractBeforeExpand: StepRule = {
  id: 'contract-before-expand',
  group: 'compatibility',
  severity: 'error',
  title: 'Something is taken away before the code that no longer needs it was released',
  why: 'Code of the last release still reads the old column, and writes rows without the new one. First a release that has the new and needs the old no more (expand), then, in a later one, the step that takes the old away (contract). The contract names the step of its expand with "-- rowhouse:expanded-by <tag>", and lint.json names the newest step that is part of a release ("released").',
  rewrite: `-- In the first release: the new column beside the old one.
ALTER TABLE orders ADD COLUMN comment text;
-- In a step of a later release, with "-- rowhouse:expanded-by 0004_add_comment" above:
-- ALTER TABLE orders DROP COLUMN note;`,
  *checkStep(step) {
    const contracts = step.sql.statements.flatMap((statement) => contractsIn(statement, step));
    const expand = step.sql.directives.find(({ name }) => name === 'expanded-by')?.words[0];
    const problem = expand && releaseProblem(expand, step);
    for (const { statement, table, object, what } of contracts) {
      const added = addedColumns(step).find((each) => each.table === table);
      if (problem) yield { statement, object, message: `${what}, but ${problem}` };
      else if (!expand && added && !isSetNotNullOf(object, added))
        yield {
          statement,
          object,
          message: `${what} in the same step that adds ${spokenName(table)}.${added.column}: the running code knows only the old`,
        };
    }
  },
};

/** SET NOT NULL of the very column that the step adds is one thought, and the locks have their own rule for it. */
const isSetNotNullOf = (object: string, { table, column }: { table: string; column: string }) =>
  object === `${table}.${column}`;

interface Contract {
  statement: Statement;
  table: string;
  object: string;
  what: string;
}

const contractsIn = (statement: Statement, step: StepContext): Contract[] =>
  nodesOfStatement(statement).flatMap((node) =>
    [...droppedTables(node), ...takenFromTable(node)]
      .filter(({ table }) => !step.newTables.has(table) && !step.shortLived.has(`table ${table}`))
      .filter(({ object }) => !step.shortLived.has(`column ${object}`))
      .map((contract) => ({ statement, ...contract })),
  );

function droppedTables(node: Node): Omit<Contract, 'statement'>[] {
  if (!('DropStmt' in node) || node.DropStmt.removeType !== 'OBJECT_TABLE') return [];
  return (node.DropStmt.objects ?? []).map((object) => {
    const table = qualifiedName(object);
    return { table, object: table, what: `${spokenName(table)} is dropped` };
  });
}

const takes: Partial<Record<NonNullable<AlterTableCmd['subtype']>, string>> = {
  AT_DropColumn: 'is dropped',
  AT_SetNotNull: 'becomes NOT NULL',
};

function takenFromTable(node: Node): Omit<Contract, 'statement'>[] {
  if (!('AlterTableStmt' in node)) return [];
  const table = relationName(node.AlterTableStmt.relation);
  return commandsOf(node).flatMap(({ subtype, name }) => {
    const fate = subtype && takes[subtype];
    const object = `${table}.${name}`;
    return fate ? [{ table, object, what: `${spokenName(object)} ${fate}` }] : [];
  });
}

const commandsOf = (node: Node): AlterTableCmd[] =>
  'AlterTableStmt' in node
    ? (node.AlterTableStmt.cmds ?? []).flatMap((cmd) => ('AlterTableCmd' in cmd ? cmd.AlterTableCmd : []))
    : [];

const addedColumns = ({ sql }: StepContext) =>
  sql.statements
    .flatMap(nodesOfStatement)
    .flatMap((node) =>
      commandsOf(node).flatMap(({ subtype, def }) =>
        subtype === 'AT_AddColumn' && def && 'ColumnDef' in def && 'AlterTableStmt' in node
          ? [{ table: relationName(node.AlterTableStmt.relation), column: def.ColumnDef.colname ?? '' }]
          : [],
      ),
    );

/** Why the expand does not count as released; a tag that is no step is told by the directives' own rules. */
function releaseProblem(expand: string, { folder }: StepContext): Report['message'] | undefined {
  const { released } = folder.settings;
  const tags = (folder.journal ?? []).map(({ tag }) => tag);
  if (released === undefined)
    return `lint.json does not say that ${expand} was released; add "released": the newest step that every running instance was released with`;
  if (tags.indexOf(expand) > tags.indexOf(released))
    return `its expand ${expand} is newer than ${released}, the newest step of a release (lint.json, "released")`;
  return undefined;
}
