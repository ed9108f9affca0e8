import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { Environment } from './environment.js';
import { insertReference, renderEnvExample, renderReference } from './reference.js';
import { variablesOf } from './variable.js';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

describe('the configuration reference', () => {
  it('is what .env.example says', () => {
    expect(read('.env.example')).toBe(renderEnvExample());
  });

  it('is what docs/configuration.md says between its markers', () => {
    const page = read('docs/configuration.md');
    expect(insertReference(page)).toBe(page);
  });

  it('has one row for every variable, with a reason', () => {
    const names = Array.from(renderReference().matchAll(/^\| `(\w+)`/gm), ([, name]) => name);
    expect(names).toEqual(Object.values(variablesOf(Environment)).map(({ name }) => name));
    expect(variablesOf(Environment).every(({ why }) => why.length > 10)).toBe(true);
  });

  it('is laid out as prettier leaves it', async () => {
    expect(await format(renderReference(), { parser: 'markdown' })).toBe(`${renderReference()}\n`);
  });

  it('changes nothing when copied to .env as it is', () => {
    expect(renderEnvExample()).not.toMatch(/^[^#\n]/m);
  });

  it('replaces what is between the markers, however often', () => {
    const once = insertReference('# A\n\n<!-- config:start -->\nold\n<!-- config:end -->\n\nz\n');
    expect(once).toContain(`<!-- config:start -->\n\n${renderReference()}\n\n<!-- config:end -->\n\nz\n`);
    expect(once).not.toContain('old');
    expect(insertReference(once)).toBe(once);
  });

  it('refuses a page without markers', () => {
    expect(() => insertReference('# A')).toThrow('<!-- config:start -->');
  });
});
