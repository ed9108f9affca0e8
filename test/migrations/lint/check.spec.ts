import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFolder } from '../../../src/migrations/folder/read-folder.js';
import { sumsOf } from '../../../src/migrations/folder/sums.js';
import { checkFolder, checkReport, migrationsFolder } from '../../../src/migrations/index.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rowhouse-check-'));
  await cp(migrationsFolder(), folder, { recursive: true });
  await writeFile(join(folder, 'meta', '_sum'), sumsOf(await readFolder(folder)));
});
afterEach(() => rm(folder, { recursive: true }));

describe('db:check', () => {
  it('finds nothing that stops in the folder of this project', async () => {
    const { failing } = await checkFolder(folder);
    expect(failing).toEqual([]);
  });

  it('tells every fault of a folder at once', async () => {
    await writeFile(join(folder, 'meta', '0001_snapshot.json'), '<<<<<<< HEAD\n');
    await writeFile(join(folder, '0000_tenants_and_identity.sql'), 'DROP TABEL x;');
    await writeFile(join(folder, '0009_walls.sql'), 'GRANT SELECT ON users TO rowhouse_app;');
    await writeFile(join(folder, 'lint.json'), '{"startAfter": "0001_platfrom"}');
    const { failing } = await checkFolder(folder);
    expect(failing).toEqual(
      expect.arrayContaining(
        ['snapshot-unreadable', 'unparseable-sql', 'edited-after-merge', 'orphan-sql', 'lint-settings'].map(
          (rule) => expect.objectContaining({ rule }),
        ),
      ),
    );
  });

  it('tells what the schema has beyond the steps, where somebody compared them', async () => {
    const result = await checkFolder(folder, {
      schemaDrift: ['ALTER TABLE "users" ADD COLUMN "note" text;'],
    });
    expect(result.failing).toEqual([expect.objectContaining({ rule: 'schema-drift' })]);
    const text = await checkReport(result, 'text', 'drizzle');
    expect(text).toContain('No step does this yet: ALTER TABLE "users" ADD COLUMN "note" text;');
  });

  it('refuses settings that it does not know, and a folder that is none', async () => {
    await writeFile(join(folder, 'lint.json'), '{"startAftr": "x"}');
    await expect(checkFolder(folder)).rejects.toThrow('"startAftr" is unknown');
    await expect(checkFolder(join(folder, 'none'))).rejects.toThrow('cannot be read');
  });
});
