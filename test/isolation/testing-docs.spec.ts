import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { isolationRules } from '../../src/testing/isolation/rules.js';

const docs = new URL('../../docs/', import.meta.url);
const page = await readFile(new URL('testing.md', docs), 'utf8');

it('shows the files that CI runs from the packed package, as they are', async () => {
  const shown = [...page.matchAll(/^```\w+\n\/\/ (\S+)\n(.*?)^```$/gms)];
  expect(shown.map(([, name]) => name)).toEqual(['jest.config.js', 'invoices.schema.ts', 'invoices.spec.ts']);
  for (const [, name, text] of shown)
    expect(text).toBe(await readFile(new URL(`examples/testing/${name}`, docs), 'utf8'));
});

it('counts the tests of describeIsolation', () => {
  const words = { twelve: 12 } as const;
  const [, word] = /makes (\w+) tests of a table/.exec(page)!;
  expect(words[word as 'twelve']).toBe(isolationRules.length);
});
