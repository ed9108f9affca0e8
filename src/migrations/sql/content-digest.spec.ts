import { beforeAll, describe, expect, it } from '@jest/globals';
import { contentDigest } from './content-digest.js';
import { loadParser } from './parser.js';

beforeAll(loadParser);

const step = `CREATE TABLE "é" (a text DEFAULT 'x y');\n-- note\nSELECT $$ b  c $$;`;

describe('contentDigest', () => {
  it.each([
    ['spaces and lines', `CREATE   TABLE "é"\n(a text DEFAULT 'x y'); SELECT $$ b  c $$;`],
    ['comments', `${step} /* more */ -- end`],
    ['breakpoints', `CREATE TABLE "é" (a text DEFAULT 'x y');--> statement-breakpoint\nSELECT $$ b  c $$;`],
  ])('does not see %s', (_, text) => expect(contentDigest(text)).toBe(contentDigest(step)));

  it.each([
    ['a space inside a string', step.replace('x y', 'x  y')],
    ['a space inside a body', step.replace('b  c', 'b c')],
    ['a name', step.replace('"é"', '"e"')],
    ['a statement', `${step} SELECT 1;`],
    ['two tokens that become one', step.replace('a text', 'atext')],
  ])('sees %s', (_, text) => expect(contentDigest(text)).not.toBe(contentDigest(step)));

  it('takes an empty file', () => expect(contentDigest(' \n')).toMatch(/^[0-9a-f]{64}$/));
});
