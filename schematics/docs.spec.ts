import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { MAX_TEXT } from './tenant-resource/column.ts';
import { FIELD_TYPES } from './tenant-resource/field-types.ts';
import { parseFields } from './tenant-resource/fields.ts';

/** Its commands are run by `.ci/generator-check`. */
describe('docs/add-a-resource.md', () => {
  let page: string;
  beforeAll(async () => {
    page = await readFile(new URL('../docs/add-a-resource.md', import.meta.url), 'utf8');
  });

  it('has every type of field, and no other', () => {
    const told = [...page.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name);
    expect(told.toSorted()).toEqual(Object.keys(FIELD_TYPES).toSorted());
  });

  it('says how long a text is at most', () => {
    expect(page).toContain(`1 to ${MAX_TEXT} characters`);
  });

  it('shows fields that can be read', () => {
    const shown = [...page.matchAll(/tenant-resource .*"(\w+:[^"]+)"/g)].map(([, fields]) => fields!);
    expect(shown.length).toBeGreaterThan(1);
    for (const fields of shown) expect(parseFields(fields, 'invoices')).not.toEqual([]);
  });
});
