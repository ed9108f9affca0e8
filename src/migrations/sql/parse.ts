import { withCalledBodies } from './called-bodies.js';
import { nestedStatements } from './nested.js';
import { parser } from './parser.js';
import { type Directive, readDirective } from './directive.js';
import { positionAt } from './position.js';
import { type ParsedSql, SqlSyntaxError, type Statement } from './statement.js';

/**
 * The statements of a file, split by PostgreSQL's own grammar (a semicolon inside a function body is no end).
 * `text` has LF line ends.
 * @throws SqlSyntaxError where PostgreSQL would refuse the text.
 */
export function parseSql(text: string): ParsedSql {
  if (text.trim() === '') return { statements: [], directives: [] };
  const bytes = Buffer.from(text);
  const characters = byteToCharacter(text, bytes);
  const comments = readComments(text, characters);
  const raw = parseOrExplain(text).stmts ?? [];
  let end = 0;
  const statements = raw.map(({ stmt, stmt_location: from = 0, stmt_len: length }, index): Statement => {
    const to = length ? from + length : bytes.length;
    const previousEnd = end;
    end = to;
    if (!stmt) throw new Error('the parser answered a statement without a tree');
    return {
      index: index + 1,
      text: bytes.subarray(from, to).toString().trimEnd(),
      node: stmt,
      position: positionAt(text, characters(from)),
      directives: comments
        .filter(({ at }) => at >= previousEnd && at < from)
        .map(({ directive }) => directive),
      nested: nestedStatements(stmt),
    };
  });
  return { statements: withCalledBodies(statements), directives: comments.map(({ directive }) => directive) };
}

function parseOrExplain(text: string) {
  try {
    return parser().parseSync(text);
  } catch (error) {
    if (!parser().hasSqlDetails(error)) throw error;
    const characters = [...text];
    const before = characters.slice(0, error.sqlDetails?.cursorPosition ?? 0).join('');
    throw new SqlSyntaxError(error.message, positionAt(text, before.length));
  }
}

/** Only real comments: the same characters inside a string or a function body are none. */
function readComments(
  text: string,
  characters: (byte: number) => number,
): { at: number; directive: Directive }[] {
  // Scanning costs as much as parsing, and most files have none.
  if (!text.includes('rowhouse:')) return [];
  let tokens;
  try {
    ({ tokens } = parser().scanSync(text));
  } catch {
    return []; // The parser says it better.
  }
  return tokens.flatMap(({ tokenName, text: comment, start }) => {
    if (tokenName !== 'SQL_COMMENT') return [];
    const directive = readDirective(comment, positionAt(text, characters(start)));
    return directive ? [{ at: start, directive }] : [];
  });
}

/** The parser counts bytes, JavaScript UTF-16 units. */
function byteToCharacter(text: string, bytes: Buffer): (byte: number) => number {
  if (bytes.length === text.length) return (byte) => byte;
  return (byte) => bytes.subarray(0, byte).toString().length;
}
