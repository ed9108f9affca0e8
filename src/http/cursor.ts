import { createHash } from 'node:crypto';
import { httpProblems } from './http.problems.js';

/** Bound to the list it was issued for, and checked: not a secret, but a cursor that was altered is refused. */
const checksum = (list: string, id: string) =>
  createHash('sha256').update(`${list}\0${id}`).digest('base64url').slice(0, 11);

/** The opaque position behind a row. `list` names the list, so that a cursor of another one is refused. */
export const encodeCursor = (list: string, id: string): string =>
  Buffer.from(`${id}.${checksum(list, id)}`).toString('base64url');

/** The id that a cursor stands behind. Throws the problem `CURSOR_INVALID`. */
export function decodeCursor(list: string, cursor: string): string {
  const decoded = Buffer.from(cursor, 'base64url').toString();
  const [id = '', sum] = decoded.split('.');
  if (sum !== checksum(list, id) || encodeCursor(list, id) !== cursor) throw httpProblems.cursorInvalid();
  return id;
}
