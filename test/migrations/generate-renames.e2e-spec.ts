import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pgEnum, text } from 'drizzle-orm/pg-core';
import { tenantTable } from '../../src/database/index.js';
import { generateSteps, schemaDrift } from '../../src/migrations/index.js';
import { copyOfMigrations } from '../support/migrations-copy.js';
import { schema } from '../../src/schema.js';

describe('a rename', () => {
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

  const before = tenantTable('memos', { title: text('title'), body: text('body') });
  const after = tenantTable('memos', { heading: text('heading'), body: text('body') });
  const moved = tenantTable('minutes', { title: text('title'), body: text('body') });
  beforeEach(() => generate({ memos: before }));

  it('is an error where nobody can be asked, and nothing is written', async () => {
    const files = await snapshotOfFolder();
    await expect(generate({ memos: after })).rejects.toMatchObject({
      exitCode: 2,
      message: 'Renamed, or dropped and created? column memos.title:heading',
      details: { remedy: expect.stringContaining('--rename memos.title:heading') },
    });
    expect(await snapshotOfFolder()).toEqual(files);
  });

  it('of a column keeps its rows, both ways', async () => {
    const [step] = await generate({ memos: after }, { renames: ['memos.title:heading'] });
    expect(await read(step!.files[0]!)).toBe('ALTER TABLE "memos" RENAME COLUMN "title" TO "heading";\n');
    const down = await read(step!.files[1]!);
    expect(down).toContain('\nALTER TABLE "memos" RENAME COLUMN "heading" TO "title";\n');
    expect(down).not.toContain('DROP');
  });

  it('of a table is one too, whoever answers', async () => {
    const asked: string[] = [];
    const [step] = await generate(
      { minutes: moved },
      {
        ask: (name: string, candidates: unknown[]) => {
          asked.push(name);
          return Promise.resolve(candidates[0]);
        },
      },
    );
    expect(asked).toEqual(['table minutes']);
    expect(await read(step!.files[0]!)).toMatch(/^ALTER TABLE "memos" RENAME TO "minutes";\n/);
    expect(await read(step!.files[0]!)).not.toContain('DROP TABLE');
  });

  it('that is none drops and creates', async () => {
    const [step] = await generate({ memos: after }, { isRestNew: true });
    const up = await read(step!.files[0]!);
    expect(up).toContain('ADD COLUMN "heading"');
    expect(up).toContain('DROP COLUMN "title"');
    expect(up).toContain('GRANT UPDATE ("heading")');
    expect(await read(step!.files[1]!)).toContain('GRANT UPDATE ("title")');
  });

  it('that fits nothing is refused, with what would fit', async () => {
    await expect(generate({ memos: after }, { renames: ['memos.titel:heading'] })).rejects.toMatchObject({
      exitCode: 2,
      details: { hint: expect.stringContaining('memos.title:heading') },
    });
  });

  it('of other kinds is not guessed', async () => {
    const one = { colour: pgEnum('colour', ['red']) };
    await generate({ memos: before, ...one });
    await expect(generate({ memos: before, hue: pgEnum('hue', ['red']) })).rejects.toMatchObject({
      message: 'Renamed, or dropped and created? enum colour:hue',
    });
  });

  it('shows as drift, and never as a question', async () => {
    const statements = await schemaDrift(folder.path, { ...schema, memos: after });
    expect(statements.join()).toMatch(/ADD COLUMN "heading".*DROP COLUMN "title"/s);
  });
});
