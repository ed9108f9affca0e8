import type { Node } from 'libpg-query';
import { nameParts } from './names.js';
import { statementsOfBody, statementsOfSql } from './nested.js';
import type { NestedStatement, Statement } from './statement.js';
import { nodesOf } from './walk.js';

/**
 * The statements, where one calls a function that an earlier one creates: with what that function executes as nested
 * statements. A function that is only created executes nothing, and one from an earlier file cannot be read here.
 */
export function withCalledBodies(statements: Statement[]): Statement[] {
  const bodies = new Map<string, NestedStatement[]>();
  return statements.map((statement) => {
    const created = createdBody(statement.node);
    if (created) bodies.set(created.name, created.body);
    if (bodies.size === 0 || created) return statement;
    const executed = [statement.node, ...statement.nested.flatMap(({ node }) => node ?? [])];
    const called = executed.flatMap(calledNames).flatMap((name) => bodies.get(name) ?? []);
    return called.length === 0 ? statement : { ...statement, nested: [...statement.nested, ...called] };
  });
}

/** Of what runs now; in a policy or a default a function is only named. */
function calledNames(node: Node): string[] {
  if (!('SelectStmt' in node) && !('CallStmt' in node) && !('DoStmt' in node)) return [];
  return nodesOf(node, 'FuncCall')
    .concat('CallStmt' in node && node.CallStmt.funccall ? [node.CallStmt.funccall] : [])
    .map(({ funcname }) => nameParts(funcname).at(-1) ?? '');
}

function createdBody(node: Node): { name: string; body: NestedStatement[] } | undefined {
  if (!('CreateFunctionStmt' in node)) return undefined;
  const { funcname, options = [] } = node.CreateFunctionStmt;
  const valueOf = (wanted: string) => {
    const option = options.find((each) => 'DefElem' in each && each.DefElem.defname === wanted);
    return option && 'DefElem' in option ? nameParts(option.DefElem.arg) : [];
  };
  const [text = ''] = valueOf('as');
  const [language = 'sql'] = valueOf('language');
  const body =
    language === 'plpgsql' ? statementsOfBody(text) : language === 'sql' ? statementsOfSql(text) : [];
  return { name: nameParts(funcname).at(-1) ?? '', body };
}
