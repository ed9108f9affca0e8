import { parser } from '../../../sql/parser.js';
import type { Report, StatementRule } from '../../rule.js';

const limitBytes = 63;

export const identifierTooLong: StatementRule = {
  id: 'identifier-too-long',
  group: 'compatibility',
  severity: 'warning',
  title: 'A name is longer than 63 bytes, and PostgreSQL cuts it off',
  why: 'PostgreSQL keeps the first 63 bytes and only tells a notice. Two names that begin alike become the same one, and who looks for the whole name in the catalogue does not find it.',
  rewrite: `ALTER TABLE orders ADD CONSTRAINT orders_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;`,
  checkStatement(statement): Report[] {
    const { text } = statement;
    // Scanning costs as much as parsing: only where a run is long enough.
    if (!mayBeLong(text)) return [];
    const names = new Set(parser().scanSync(text).tokens.flatMap(nameOf));
    return [...names]
      .filter((name) => Buffer.byteLength(name) > limitBytes)
      .map((name) => ({
        object: name,
        message: `"${name}" has ${Buffer.byteLength(name)} bytes; PostgreSQL would call it "${cut(name)}"`,
      }));
  },
};

/** A quoted name is a run between quotes, another one a run of letters; both are found in strings too. */
const mayBeLong = (text: string) =>
  (text.match(/"(?:[^"]|"")+"|[\p{L}\p{N}_$]+/gu) ?? []).some((run) => Buffer.byteLength(run) > limitBytes);

const nameOf = ({ tokenName, text }: { tokenName: string; text: string }): string[] => {
  if (tokenName !== 'IDENT' && tokenName !== 'UIDENT') return [];
  return [text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text];
};

/** Never inside a character. */
function cut(name: string): string {
  let kept = '';
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > limitBytes) break;
    kept += character;
  }
  return kept;
}
