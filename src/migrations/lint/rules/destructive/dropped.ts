import type { Node } from 'libpg-query';
import { nameParts, spokenName } from '../../../sql/names.js';
import { lifeEvents } from '../../lifetimes.js';
import type { Statement } from '../../../sql/statement.js';
import type { StepContext } from '../../rule.js';
import { tableChanges, typeAttributeChanges } from '../node-rule.js';

/** What DROP names, one by one. */
export interface Dropped {
  /** As the parser says it: `OBJECT_TABLE`. */
  type: string;
  /** As people write it: `orders`, `billing.orders`; for what belongs to a table `orders.name`. */
  name: string;
  isCascade: boolean;
}

/** The objects that a DROP statement removes, except those that the same step had created. */
export function droppedBy(node: Node, step: StepContext): Dropped[] {
  if (!('DropStmt' in node)) return [];
  const { removeType: type = '', objects = [], behavior } = node.DropStmt;
  return objects
    .map((object): Dropped => ({
      type,
      name: spokenName(nameParts(object).join('.')),
      isCascade: behavior === 'DROP_CASCADE',
    }))
    .filter((_, index) => {
      const event = eventOf(node, index);
      return event === undefined || !step.shortLived.has(event);
    });
}

/** `table.column` of each DROP COLUMN, and DROP ATTRIBUTE of a type, except of what the step itself made. */
export const droppedColumns = (node: Node, { newTables, shortLived }: StepContext) =>
  [...tableChanges(node), ...typeAttributeChanges(node)].flatMap(({ subtype, table, name = '', behavior }) =>
    subtype === 'AT_DropColumn' && !newTables.has(table) && !shortLived.has(`column ${table}.${name}`)
      ? { name: `${spokenName(table)}.${name}`, isCascade: behavior === 'DROP_CASCADE' }
      : [],
  );

/** Whether the step drops this whole table: what hangs on it goes with it, and is asked for once. */
export const dropsTable = (step: StepContext, table: string): boolean =>
  lifeEvents(step.sql.statements).some(
    ({ change, object }) => change === 'drop' && object === `table ${table}`,
  );

/** The engine's name of the n-th object, as in `shortLived`. */
function eventOf(node: Node, index: number): string | undefined {
  const statement = {
    index: 1,
    text: '',
    node,
    position: { line: 1, column: 1 },
    directives: [],
    nested: [],
  };
  return lifeEvents([statement])[index]?.object;
}

/** `table.constraint` of each DROP CONSTRAINT ... CASCADE on a table that was there before. */
export const cascadingConstraints = (node: Node, { newTables }: StepContext) =>
  tableChanges(node).flatMap(({ subtype, table, name = '', behavior }) =>
    subtype === 'AT_DropConstraint' && behavior === 'DROP_CASCADE' && !newTables.has(table)
      ? { name: `${spokenName(table)}.${name}` }
      : [],
  );

/** Whether the step creates a type of this name, too: drizzle-kit's way to change an enum. */
export const isRecreated = (statements: Statement[], type: string): boolean =>
  lifeEvents(statements).some(
    ({ change, object }) => change === 'create' && spokenName(object.replace(/^type /, '')) === type,
  );
