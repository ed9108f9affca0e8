import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadParser } from './parser.js';
import { parseSql } from './parse.js';
import { SqlSyntaxError } from './statement.js';

beforeAll(loadParser);

describe('parseSql', () => {
  it('splits by the grammar and says where each statement begins', () => {
    const { statements } = parseSql(
      "-- ünï\nSELECT 1;--> statement-breakpoint\nDO $$ BEGIN DELETE FROM a; PERFORM 1; END $$;\n\n  SELECT ';'",
    );
    expect(statements.map(({ index, text, position }) => ({ index, text, position }))).toEqual([
      { index: 1, text: 'SELECT 1', position: { line: 2, column: 1 } },
      { index: 2, text: 'DO $$ BEGIN DELETE FROM a; PERFORM 1; END $$', position: { line: 3, column: 1 } },
      { index: 3, text: "SELECT ';'", position: { line: 5, column: 3 } },
    ]);
  });

  it('knows nothing to do from nothing', () => {
    for (const text of ['', ' \n', '-- only a comment\n']) expect(parseSql(text).statements).toEqual([]);
  });

  it('reads directives from comments only, and gives them to the statement below', () => {
    const { statements, directives } = parseSql(
      '-- rowhouse:allow drop-index reason="it is \\"small\\"" until=2027-01-31\nDROP INDEX a;\nSELECT \'\n-- rowhouse:data\n\';\n-- rowhouse:no-transaction',
    );
    expect(statements[0]?.directives).toEqual([
      {
        name: 'allow',
        words: ['drop-index'],
        options: { reason: 'it is "small"', until: '2027-01-31' },
        position: { line: 1, column: 1 },
      },
    ]);
    expect(statements[1]?.directives).toEqual([]);
    expect(directives.map(({ name }) => name)).toEqual(['allow', 'no-transaction']);
  });

  it('looks into DO blocks, branches and loops included', () => {
    const [statement] = parseSql(
      "DO $$ DECLARE r record; BEGIN IF true THEN DROP TABLE a; END IF; FOR r IN SELECT 1 LOOP EXECUTE 'DROP TABLE ' || r; END LOOP; END $$",
    ).statements;
    const kinds = statement?.nested.map(({ node }) => node && Object.keys(node)[0]);
    expect(kinds).toEqual(['DropStmt', null, 'SelectStmt']);
  });

  it('reads what EXECUTE is given, where it is a plain string', () => {
    const [statement] = parseSql("DO $$ BEGIN EXECUTE 'DROP TABLE a; DROP TABLE b'; END $$").statements;
    expect(statement?.nested.map(({ node }) => node && Object.keys(node)[0])).toEqual([
      'DropStmt',
      'DropStmt',
    ]);
  });

  it('says where PostgreSQL would stop reading', () => {
    const read = () => parseSql('-- üü\nSELECT 1;\n  ALTER TABL x');
    expect(read).toThrow(SqlSyntaxError);
    expect(read).toThrow(expect.objectContaining({ position: { line: 3, column: 9 } }));
  });
});
