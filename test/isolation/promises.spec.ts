import { access, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { auditRules } from '../../src/tenancy/audit/index.js';

const root = new URL('../../', import.meta.url);
const page = await readFile(new URL('docs/isolation.md', root), 'utf8');
const { scripts } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));

describe('docs/isolation.md', () => {
  const paths = [...page.matchAll(/`((?:test|docs|src)\/[^`]+)`/g)].map(([, path]) => path!);

  it.each([...new Set(paths)])('names %s, which is there', async (path) => {
    await expect(access(fileURLToPath(new URL(path, root)))).resolves.toBeUndefined();
  });

  it('names rules of the audit that exist', () => {
    const ids = new Set(auditRules.map(({ id }) => id));
    const named = [...page.matchAll(/\bA\d\d\b/g)].map(([id]) => id);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('names commands that exist', () => {
    const named = [...page.matchAll(/npm run (\S+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
