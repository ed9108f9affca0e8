/** A place in a file, as editors count: both from 1, the column in characters. */
export interface Position {
  line: number;
  column: number;
}

/** The place of a character offset (from 0) in a text with LF line ends. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: Array.from(before.slice(lineStart)).length + 1 };
}
