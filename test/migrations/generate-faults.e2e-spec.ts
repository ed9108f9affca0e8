import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { tenantTable } from '../../src/database/index.js';
import { generateSteps } from '../../src/migrations/index.js';
import { copyOfMigrations } from '../support/migrations-copy.js';
import { schema } from '../../src/schema.js';

describe('generateSteps refuses a folder that is not sound, and writes nothing', () => {
  let folder: Awaited<ReturnType<typeof copyOfMigrations>>;
  beforeEach(async () => {
    folder = await copyOfMigrations();
  });
  afterEach(() => folder.remove());

  const generate = (more: Record<string, unknown>, options = {}) =>
    generateSteps(folder.path, { ...schema, ...more }, options);
  const read = (file: string) => readFile(join(folder.path, file), 'utf8');
  const snapshotOfFolder = async () => {
    const names = (await readdir(folder.path, { recursive: true })).toSorted();
    return Promise.all(names.map(async (name) => [name, await read(name).catch(() => '')]));
  };

  const memos = tenantTable('memos', {});
  const lastSnapshot = (n = 0) => join(folder.path, 'meta', `${folder.number(n)}_snapshot.json`);
  const faults: [string, () => Promise<void>, string][] = [
    [
      'a snapshot that is not JSON',
      () => writeFile(lastSnapshot(), '<<<<<<< HEAD'),
      '_snapshot.json cannot be read',
    ],
    ['a missing snapshot', () => rm(lastSnapshot()), 'is missing'],
    [
      'a journal that is not JSON',
      () => writeFile(join(folder.path, 'meta/_journal.json'), '{'),
      'is not JSON',
    ],
    ['a missing step', () => rm(join(folder.path, '0000_tenants_and_identity.sql')), 'is missing'],
    [
      'an orphan',
      () => writeFile(join(folder.path, '9999_memos.sql'), ''),
      '9999_memos.sql is not in the journal',
    ],
    [
      'two steps from one snapshot',
      async () => {
        const snapshot = JSON.parse(await readFile(lastSnapshot(), 'utf8')) as object;
        await writeFile(
          lastSnapshot(1),
          JSON.stringify({ ...snapshot, id: '11111111-1111-1111-1111-111111111111' }),
        );
      },
      'both follow the same snapshot',
    ],
    [
      'a step merged and edited afterwards',
      async () => {
        await generate({});
        await writeFile(join(folder.path, '0000_tenants_and_identity.sql'), 'SELECT 1;');
      },
      '0000_tenants_and_identity.sql was changed after it had been merged',
    ],
    [
      'a "when" far ahead',
      async () => {
        const journal = JSON.parse(await read('meta/_journal.json')) as { entries: { when: number }[] };
        journal.entries.at(-1)!.when = Date.now() + 2 * 86_400_000;
        await writeFile(join(folder.path, 'meta/_journal.json'), JSON.stringify(journal));
      },
      'more than a day ahead',
    ],
  ];
  it.each(faults)('%s', async (_, breakIt, message) => {
    await breakIt();
    const files = await snapshotOfFolder();
    await expect(generate({ memos })).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringContaining(message),
    });
    expect(await snapshotOfFolder()).toEqual(files);
  });

  it('a name that is no name', async () => {
    await expect(generate({ memos }, { name: '../memos' })).rejects.toMatchObject({ exitCode: 2 });
  });

  it('two indexes of one name, where drizzle-kit would end the process', async () => {
    const twice = pgTable('memos', { a: text('a'), b: text('b') }, (t) => [
      uniqueIndex('same').on(t.a),
      uniqueIndex('same').on(t.b),
    ]);
    await expect(generate({ twice })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('duplicated index name'),
    });
  });
});
