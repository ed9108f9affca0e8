import type { Constraint, Node } from 'libpg-query';
import { nameParts } from '../../../sql/names.js';
import { nodesOf } from '../../../sql/walk.js';

/** Something that PostgreSQL reads since a major, and how to see it in the tree. */
export interface Addition {
  since: 16 | 17 | 18;
  /** As people call it. */
  name: string;
  /** A statement that has it: refused below `since`, accepted from it (run on 15, 16, 17 and 18). */
  example: string;
  isIn: (node: Node) => boolean;
}

type Finder = (node: Node) => boolean;
type Kind = Parameters<typeof nodesOf>[1];

const any = <T>(found: readonly T[], test: (each: T) => unknown): boolean => found.some(test);
const anyKind =
  (...kinds: Kind[]): Finder =>
  (node) =>
    kinds.some((kind) => nodesOf(node, kind).length > 0);
const constraint =
  (test: (each: Constraint) => unknown): Finder =>
  (node) =>
    any(nodesOf(node, 'Constraint'), test);
const calls =
  (...names: string[]): Finder =>
  (node) =>
    any(nodesOf(node, 'FuncCall'), ({ funcname }) => names.includes(nameParts(funcname).at(-1) ?? ''));
const copyOption =
  (...names: string[]): Finder =>
  (node) =>
    'CopyStmt' in node && any(nodesOf(node, 'DefElem'), ({ defname }) => names.includes(defname ?? ''));

function returning(node: Node) {
  if ('InsertStmt' in node) return node.InsertStmt.returningClause;
  if ('UpdateStmt' in node) return node.UpdateStmt.returningClause;
  if ('DeleteStmt' in node) return node.DeleteStmt.returningClause;
  return 'MergeStmt' in node ? node.MergeStmt.returningClause : undefined;
}

const namesOldOrNew: Finder = (node) =>
  any(nodesOf(returning(node)?.exprs, 'ColumnRef'), ({ fields }) =>
    ['old', 'new'].includes(nameParts(fields?.slice(0, 1))[0] ?? ''),
  );

const isTableNotNull: Finder = (node) => {
  const elements =
    'CreateStmt' in node
      ? node.CreateStmt.tableElts
      : 'AlterTableStmt' in node
        ? node.AlterTableStmt.cmds?.map((cmd) =>
            'AlterTableCmd' in cmd ? (cmd.AlterTableCmd.def ?? cmd) : cmd,
          )
        : [];
  return (elements ?? []).some(
    (each) => 'Constraint' in each && each.Constraint.contype === 'CONSTR_NOTNULL',
  );
};

const isNotEnforced = ({ contype, is_enforced }: Constraint) =>
  contype === 'CONSTR_ATTR_NOT_ENFORCED' ||
  ((contype === 'CONSTR_CHECK' || contype === 'CONSTR_FOREIGN') && !is_enforced);

const function18 = (name: string, args = ''): Addition => ({
  since: 18,
  name: `${name}()`,
  example: `SELECT ${name}(${args})`,
  isIn: calls(name),
});

/** What the rule knows; anything else that is newer is found by `db:migrate:ci --majors`. */
export const additions: readonly Addition[] = [
  {
    since: 16,
    name: 'SQL/JSON constructors and IS JSON',
    example: "SELECT json_object('a': 1)",
    isIn: anyKind(
      'JsonObjectConstructor',
      'JsonArrayConstructor',
      'JsonArrayAgg',
      'JsonObjectAgg',
      'JsonIsPredicate',
    ),
  },
  {
    since: 16,
    name: 'GRANT of a role WITH INHERIT or SET',
    example: 'GRANT reader TO writer WITH INHERIT TRUE',
    isIn: (node) =>
      'GrantRoleStmt' in node &&
      any(nodesOf(node, 'DefElem'), ({ defname }) => defname === 'inherit' || defname === 'set'),
  },
  {
    since: 16,
    name: 'CREATE STATISTICS without a name',
    example: 'CREATE STATISTICS ON a, b FROM t',
    isIn: (node) => 'CreateStatsStmt' in node && !node.CreateStatsStmt.defnames,
  },
  {
    since: 16,
    name: 'a sub-select in FROM without an alias',
    example: 'SELECT * FROM (SELECT 1)',
    isIn: (node) => any(nodesOf(node, 'RangeSubselect'), ({ alias }) => !alias),
  },
  {
    since: 16,
    name: 'STORAGE in CREATE TABLE',
    example: 'CREATE TABLE t (b text STORAGE EXTERNAL)',
    isIn: (node) =>
      'CreateStmt' in node && any(nodesOf(node, 'ColumnDef'), ({ storage_name }) => storage_name),
  },
  {
    since: 16,
    name: 'COPY with DEFAULT',
    example: "COPY t (b) FROM STDIN (DEFAULT 'x')",
    isIn: copyOption('default'),
  },
  {
    since: 16,
    name: 'any_value() and array_shuffle()',
    example: 'SELECT any_value(a) FROM t',
    isIn: calls('any_value', 'array_shuffle'),
  },
  {
    since: 17,
    name: 'MERGE ... RETURNING',
    example: 'MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE RETURNING t.a',
    isIn: (node) => any(nodesOf(node, 'MergeStmt'), ({ returningClause }) => returningClause),
  },
  {
    since: 17,
    name: 'MERGE ... WHEN NOT MATCHED BY SOURCE',
    example: 'MERGE INTO t USING s ON t.a = s.a WHEN NOT MATCHED BY SOURCE THEN DELETE',
    isIn: (node) =>
      any(
        nodesOf(node, 'MergeWhenClause'),
        ({ matchKind }) => matchKind === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE',
      ),
  },
  {
    since: 17,
    name: 'JSON_TABLE, JSON_VALUE, JSON_QUERY, JSON_EXISTS, JSON_SCALAR and JSON_SERIALIZE',
    example: "SELECT json_value(j, '$.a') FROM t",
    isIn: anyKind('JsonTable', 'JsonFuncExpr', 'JsonScalarExpr', 'JsonSerializeExpr'),
  },
  {
    since: 17,
    name: 'COPY with ON_ERROR or LOG_VERBOSITY',
    example: 'COPY t FROM STDIN (ON_ERROR ignore)',
    isIn: copyOption('on_error', 'log_verbosity'),
  },
  {
    since: 17,
    name: 'ALTER COLUMN SET EXPRESSION',
    example: 'ALTER TABLE t ALTER g SET EXPRESSION AS (2)',
    isIn: (node) => any(nodesOf(node, 'AlterTableCmd'), ({ subtype }) => subtype === 'AT_SetExpression'),
  },
  {
    since: 17,
    name: 'SET STATISTICS DEFAULT and SET ACCESS METHOD DEFAULT',
    example: 'ALTER TABLE t ALTER a SET STATISTICS DEFAULT',
    isIn: (node) =>
      any(
        nodesOf(node, 'AlterTableCmd'),
        ({ subtype, name, def }) =>
          (subtype === 'AT_SetStatistics' && !def) || (subtype === 'AT_SetAccessMethod' && !name),
      ),
  },
  {
    since: 17,
    name: 'the privilege MAINTAIN',
    example: 'GRANT MAINTAIN ON t TO reader',
    isIn: (node) => any(nodesOf(node, 'AccessPriv'), ({ priv_name }) => priv_name === 'maintain'),
  },
  {
    since: 17,
    name: 'transaction_timeout',
    example: "SET LOCAL transaction_timeout = '1s'",
    isIn: (node) => any(nodesOf(node, 'VariableSetStmt'), ({ name }) => name === 'transaction_timeout'),
  },
  {
    since: 18,
    name: 'a generated column that is VIRTUAL (also where neither STORED nor VIRTUAL is said)',
    example: 'ALTER TABLE t ADD v int GENERATED ALWAYS AS (a) VIRTUAL',
    isIn: constraint(
      ({ contype, generated_kind }) => contype === 'CONSTR_GENERATED' && generated_kind === 'v',
    ),
  },
  {
    since: 18,
    name: 'NOT ENFORCED',
    example: 'ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT ENFORCED',
    isIn: constraint(isNotEnforced),
  },
  {
    since: 18,
    name: 'NOT NULL as a constraint of the table',
    example: 'ALTER TABLE t ADD CONSTRAINT t_a_not_null NOT NULL a NOT VALID',
    isIn: isTableNotNull,
  },
  {
    since: 18,
    name: 'WITHOUT OVERLAPS and PERIOD',
    example: 'CREATE TABLE o (id int, d daterange, PRIMARY KEY (id, d WITHOUT OVERLAPS))',
    isIn: constraint(({ without_overlaps, fk_with_period }) => without_overlaps || fk_with_period),
  },
  {
    since: 18,
    name: 'old and new in RETURNING',
    example: 'UPDATE t SET a = 1 RETURNING old.a, new.a',
    isIn: (node) => Boolean(returning(node)?.options) || namesOldOrNew(node),
  },
  {
    since: 18,
    name: 'ALTER CONSTRAINT ... ENFORCED or INHERIT',
    example: 'ALTER TABLE t ALTER CONSTRAINT t_a_fkey NOT ENFORCED',
    isIn: (node) =>
      any(
        nodesOf(node, 'ATAlterConstraint'),
        ({ alterEnforceability, alterInheritability }) => alterEnforceability || alterInheritability,
      ),
  },
  {
    since: 18,
    name: 'COPY with REJECT_LIMIT',
    example: 'COPY t FROM STDIN (ON_ERROR ignore, REJECT_LIMIT 3)',
    isIn: copyOption('reject_limit'),
  },
  {
    since: 18,
    name: 'VACUUM ONLY and ANALYZE ONLY',
    example: 'ANALYZE ONLY t',
    isIn: (node) => any(nodesOf(node, 'VacuumRelation'), ({ relation }) => relation && !relation.inh),
  },
  function18('uuidv7'),
  function18('uuidv4'),
  function18('casefold', "'A'"),
  function18('array_sort', 'ARRAY[1]'),
  function18('array_reverse', 'ARRAY[1]'),
];
