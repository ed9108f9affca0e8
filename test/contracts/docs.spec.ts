import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { REASONS } from '../../src/contracts/can-i-deploy/compatibility.js';
import { canonicalMessage } from '../../src/contracts/interactions/canonical.js';
import { withoutCredentials } from '../../src/contracts/interactions/credentials.js';

const page = await readFile(new URL('../../docs/contracts.md', import.meta.url), 'utf8');

it('explains every reason of an answer', () => {
  const explained = [...page.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, reason]) => reason!);
  expect(explained.toSorted()).toEqual([...REASONS].toSorted());
});

it('names the members and headers that do not count, and headers that are not kept', () => {
  const [, members, headers] = /members named (.*?)at any depth, nor the headers (.*?)\. Recorded/s.exec(
    page,
  )!;
  const names = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
  const holding = (keys: string[]) => Object.fromEntries(keys.map((key) => [key, 'x']));
  expect(canonicalMessage({ body: holding(names(members!)), headers: holding(names(headers!)) })).toEqual({
    body: {},
    headers: {},
  });
  const secrets = names(/headers such as (.*?), and of/s.exec(page)![1]!);
  expect(withoutCredentials({ headers: holding(secrets) })).toEqual({
    headers: Object.fromEntries(secrets.map((name) => [name, '[redacted]'])),
  });
  expect([names(members!).length, names(headers!).length, secrets.length]).toEqual([7, 5, 4]);
});
