import { createHash } from 'node:crypto';
import { parser } from './parser.js';

/**
 * SHA-256 over what PostgreSQL reads of a text: its tokens, without comments and without the space between them. An edit
 * that leaves it as it was changes nothing that runs. `loadParser()` comes first.
 */
export function contentDigest(text: string): string {
  const hash = createHash('sha256');
  if (text.trim() === '') return hash.digest('hex');
  for (const token of parser().scanSync(text).tokens) {
    if (!token.tokenName.endsWith('_COMMENT')) hash.update(`${token.text}\0`);
  }
  return hash.digest('hex');
}
