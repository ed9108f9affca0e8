import type { AlterTableCmd, Node } from 'libpg-query';
import { nameParts, qualifiedName, relationName } from '../sql/names.js';
import type { Statement } from '../sql/statement.js';
import { nodesOf } from '../sql/walk.js';

/** An object of the step begins or ends; `object` is kind and name, as `table public.orders`. */
export interface LifeEvent {
  statement: number;
  change: 'create' | 'drop' | 'rename';
  object: string;
  /** Of a rename: the new name. */
  to?: string;
  /** Of a create: with IF NOT EXISTS, or in a DO body, which may not get there: it may have been there before. */
  isUncertain?: boolean;
}

/** What the statements create, rename and drop, in order. */
export const lifeEvents = (statements: Statement[]): LifeEvent[] =>
  statements.flatMap(({ index, node, nested }) =>
    [node, ...nested.flatMap((inner) => inner.node ?? [])].flatMap((each) =>
      eventsOf(each).map(([change, object, to]) => ({
        statement: index,
        change,
        object,
        ...(to && { to }),
        ...(change === 'create' && (each !== node || isConditional(each)) && { isUncertain: true }),
      })),
    ),
  );

/** Whether it says IF NOT EXISTS; of an ALTER TABLE one of its commands is enough. */
const isConditional = (node: Node): boolean =>
  Object.values(node as Record<string, { if_not_exists?: boolean }>).some(
    (body) => body.if_not_exists === true,
  ) ||
  nodesOf(node, 'AlterTableCmd').some(({ missing_ok, subtype }) => missing_ok && subtype === 'AT_AddColumn');

type Event = [change: LifeEvent['change'], object: string, to?: string];

function eventsOf(node: Node): Event[] {
  if ('DropStmt' in node) return dropped(node);
  if ('RenameStmt' in node) return renamed(node);
  if ('AlterTableStmt' in node) {
    const table = relationName(node.AlterTableStmt.relation);
    return (node.AlterTableStmt.cmds ?? []).flatMap((cmd) =>
      'AlterTableCmd' in cmd ? altered(table, cmd.AlterTableCmd) : [],
    );
  }
  const object = createdObject(node);
  return object ? [['create', object]] : [];
}

function createdObject(node: Node): string | undefined {
  if ('CreateStmt' in node) return `table ${relationName(node.CreateStmt.relation)}`;
  if ('CreateForeignTableStmt' in node)
    return `table ${relationName(node.CreateForeignTableStmt.base?.relation)}`;
  if ('SelectStmt' in node && node.SelectStmt.intoClause)
    return `table ${relationName(node.SelectStmt.intoClause.rel)}`;
  if ('CreateTableAsStmt' in node) {
    const { objtype, into } = node.CreateTableAsStmt;
    return `${objtype === 'OBJECT_MATVIEW' ? 'materialized view' : 'table'} ${relationName(into?.rel)}`;
  }
  // OR REPLACE may replace what is old; only a plain CREATE proves that it is new.
  if ('ViewStmt' in node && !node.ViewStmt.replace) return `view ${relationName(node.ViewStmt.view)}`;
  if ('CreateFunctionStmt' in node && !node.CreateFunctionStmt.replace)
    return `function ${qualifiedName(node.CreateFunctionStmt.funcname)}`;
  if ('IndexStmt' in node)
    return `index ${node.IndexStmt.relation?.schemaname ?? 'public'}.${node.IndexStmt.idxname ?? ''}`;
  if ('CreateSeqStmt' in node) return `sequence ${relationName(node.CreateSeqStmt.sequence)}`;
  if ('CreateEnumStmt' in node) return `type ${qualifiedName(node.CreateEnumStmt.typeName)}`;
  if ('CompositeTypeStmt' in node) return `type ${relationName(node.CompositeTypeStmt.typevar)}`;
  if ('CreateDomainStmt' in node) return `domain ${qualifiedName(node.CreateDomainStmt.domainname)}`;
  if ('CreateSchemaStmt' in node) return `schema ${node.CreateSchemaStmt.schemaname ?? ''}`;
  if ('CreateTrigStmt' in node)
    return `trigger ${relationName(node.CreateTrigStmt.relation)}.${node.CreateTrigStmt.trigname ?? ''}`;
  if ('CreatePolicyStmt' in node)
    return `policy ${relationName(node.CreatePolicyStmt.table)}.${node.CreatePolicyStmt.policy_name ?? ''}`;
  return undefined;
}

const kinds: Record<string, string> = {
  OBJECT_TABLE: 'table',
  OBJECT_FOREIGN_TABLE: 'table',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_INDEX: 'index',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'domain',
  OBJECT_SCHEMA: 'schema',
  OBJECT_FUNCTION: 'function',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_POLICY: 'policy',
};
const belongsToTable = new Set(['trigger', 'policy']);

function dropped(node: Extract<Node, { DropStmt: unknown }>): Event[] {
  const kind = kinds[node.DropStmt.removeType ?? ''];
  if (!kind) return [];
  return (node.DropStmt.objects ?? []).map((object): Event => {
    const parts = nameParts(object);
    if (kind === 'schema') return ['drop', `schema ${parts.join('.')}`];
    const shortest = belongsToTable.has(kind) ? 2 : 1;
    return ['drop', `${kind} ${parts.length > shortest ? '' : 'public.'}${parts.join('.')}`];
  });
}

function renamed(node: Extract<Node, { RenameStmt: unknown }>): Event[] {
  const { renameType, relation, newname } = node.RenameStmt;
  if (renameType !== 'OBJECT_TABLE') return [];
  const to = `table ${relation?.schemaname ?? 'public'}.${newname ?? ''}`;
  return [['rename', `table ${relationName(relation)}`, to]];
}

function altered(table: string, { subtype, name, def }: AlterTableCmd): Event[] {
  if (subtype === 'AT_DropColumn') return [['drop', `column ${table}.${name ?? ''}`]];
  if (subtype === 'AT_DropConstraint') return [['drop', `constraint ${table}.${name ?? ''}`]];
  if (subtype === 'AT_AddColumn' && def && 'ColumnDef' in def)
    return [['create', `column ${table}.${def.ColumnDef.colname ?? ''}`]];
  if (subtype === 'AT_AddConstraint' && def && 'Constraint' in def)
    return [['create', `constraint ${table}.${def.Constraint.conname ?? ''}`]];
  return [];
}
