import type { Node } from 'libpg-query';
import type { Directive } from './directive.js';
import type { Position } from './position.js';

/** One SQL statement of a step. */
export interface Statement {
  /** Counted from 1 within the file. */
  index: number;
  /** Without the comments before it and without the semicolon. */
  text: string;
  /** The parse tree (PostgreSQL 18). Its `location`s are byte offsets into the whole file with LF line ends. */
  node: Node;
  /** Where `text` begins. */
  position: Position;
  /** The `-- rowhouse:` comments between the statement before and this one. */
  directives: Directive[];
  /** What a DO block executes, statement by statement; also those inside its branches and loops. */
  nested: NestedStatement[];
}

/** A statement inside a DO block or a function body. */
export interface NestedStatement {
  text: string;
  /** null: built at run time (EXECUTE), so nobody can say what it does. */
  node: Node | null;
}

/** What a file of SQL holds. */
export interface ParsedSql {
  statements: Statement[];
  /** All `-- rowhouse:` comments, also those after the last statement. */
  directives: Directive[];
}

/** The text is not SQL: what the parser says, and where. */
export class SqlSyntaxError extends Error {
  override readonly name = 'SqlSyntaxError';

  readonly position: Position;

  constructor(message: string, position: Position) {
    super(message);
    this.position = position;
  }
}
