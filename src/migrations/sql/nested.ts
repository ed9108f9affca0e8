import type { Node } from 'libpg-query';
import { parser } from './parser.js';
import type { NestedStatement } from './statement.js';

/** What a DO block executes. A body that is not plpgsql, or cannot be parsed, counts as built at run time. */
export function nestedStatements(node: Node): NestedStatement[] {
  if (!('DoStmt' in node)) return [];
  const options = (node.DoStmt.args ?? []).map((arg) => ('DefElem' in arg ? arg.DefElem : {}));
  const language = stringOf(options.find(({ defname }) => defname === 'language')?.arg) ?? 'plpgsql';
  const body = stringOf(options.find(({ defname }) => defname === 'as')?.arg) ?? '';
  if (language !== 'plpgsql') return [{ text: body, node: null }];
  return statementsOfBody(body);
}

/** The SQL statements of a plpgsql body, wherever they stand in it; a loop's query comes after its body. */
export function statementsOfBody(body: string): NestedStatement[] {
  const quote = freeQuote(body);
  try {
    const tree = parser().parsePlPgSQLSync(`DO ${quote}${body}${quote}`);
    return collect(tree).flatMap(({ query, isDynamic }) => (isDynamic ? executed(query) : parsed(query)));
  } catch {
    return [{ text: body, node: null }];
  }
}

/** `EXECUTE 'DROP TABLE a'` is as plain as the statement itself; anything else is known only when it runs. */
function executed(query: string): NestedStatement[] {
  const target = parser().parseSync(`SELECT ${query}`).stmts?.[0]?.stmt;
  const column = target && 'SelectStmt' in target ? target.SelectStmt.targetList?.[0] : undefined;
  const value = column && 'ResTarget' in column ? column.ResTarget.val : undefined;
  const text = value && 'A_Const' in value ? value.A_Const.sval?.sval : undefined;
  const statements = text === undefined ? [] : parsed(text);
  return statements.length > 0 ? statements : [{ text: query, node: null }];
}

export const statementsOfSql = (text: string): NestedStatement[] => parsed(text);

function parsed(query: string): NestedStatement[] {
  try {
    return (parser().parseSync(query).stmts ?? []).flatMap(({ stmt }) =>
      stmt ? [{ text: query, node: stmt }] : [],
    );
  } catch {
    // An expression (`x > 1`, `a := b`) and not a statement: it executes nothing by itself.
    return [];
  }
}

interface Found {
  query: string;
  isDynamic: boolean;
}

/** plpgsql trees have no published types: look for expressions anywhere, and note which belong to EXECUTE. */
function collect(value: unknown, isDynamic = false): Found[] {
  if (Array.isArray(value)) return value.flatMap((item) => collect(item, isDynamic));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]): Found[] => {
    if (key === 'PLpgSQL_expr') return [{ query: (child as { query: string }).query, isDynamic }];
    return collect(child, isDynamic || key === 'PLpgSQL_stmt_dynexecute' || key === 'PLpgSQL_stmt_dynfors');
  });
}

const stringOf = (node: Node | undefined): string | undefined => {
  if (!node) return undefined;
  if ('String' in node) return node.String.sval;
  return undefined;
};

function freeQuote(body: string): string {
  let quote = '$rowhouse$';
  for (let n = 0; body.includes(quote); n += 1) quote = `$rowhouse${n}$`;
  return quote;
}
