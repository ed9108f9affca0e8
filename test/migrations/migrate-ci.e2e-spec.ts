import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { check, index, text } from 'drizzle-orm/pg-core';
import { tryOn } from '../../src/cli/migrate-ci/on-major.js';
import { progressOn } from '../../src/cli/migrate-ci/progress.js';
import { type Site, openSite } from '../../src/cli/migrate-ci/site.js';
import { tenantTable } from '../../src/database/index.js';
import { NEWEST_MAJOR } from '../../src/local/embedded-binaries.js';
import { generateSteps, type Invariants, readFolder, stairs } from '../../src/migrations/index.js';
import { isolationInvariants } from '../../src/tenancy/audit/index.js';
import { renewSums } from '../../src/migrations/generate/renew-sums.js';
import { schema } from '../../src/schema.js';
import { copyOfMigrations } from '../support/migrations-copy.js';

describe('db:migrate:ci', () => {
  let site: Site;
  let folder: Awaited<ReturnType<typeof copyOfMigrations>>;
  beforeAll(async () => {
    site = await openSite(NEWEST_MAJOR);
  });
  afterAll(() => site.stop());
  beforeEach(async () => {
    folder = await copyOfMigrations();
  });
  afterEach(() => folder.remove());

  /** A hand-written step at the end. */
  const addStep = async (statements: string) => {
    const [step] = await generateSteps(folder.path, {}, { isCustom: true, name: 'trial' });
    await writeFile(join(folder.path, `${step!.tag}.sql`), statements);
    await renewSums(folder.path);
  };
  const run = async () => {
    const lines: string[] = [];
    const content = await readFolder(folder.path);
    const total = content.journal?.length ?? 0;
    const invariants: Invariants = (query) => isolationInvariants(query);
    const trial = { folder: content, stairs: stairs(total, 1, undefined), invariants };
    const error: unknown = await tryOn(
      site,
      trial,
      progressOn((line) => lines.push(line)),
    ).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return { lines, error };
  };

  it('passes what works, and says how many rows came along', async () => {
    await addStep('ALTER TABLE users ADD COLUMN nickname text;');
    const { lines, error } = await run();
    expect(error).toBeUndefined();
    expect(lines.filter((line) => line.startsWith('FAIL'))).toEqual([]);
    expect(lines.join('\n')).toMatch(/[1-9]\d* rows kept/);
  });

  const faults: [string, string, object][] = [
    [
      'a step that works on an empty table only',
      'ALTER TABLE users ADD COLUMN nickname text NOT NULL;',
      { exitCode: 1, message: expect.stringContaining('contains null values') },
    ],
    [
      'a step that loses rows',
      'DELETE FROM tenant_features;',
      { exitCode: 4, message: expect.stringContaining('public.tenant_features had 2 rows') },
    ],
    [
      'a step that makes something else where rows are',
      `DO $$ BEGIN IF EXISTS (SELECT FROM users) THEN CREATE INDEX trial ON users (first_name); END IF; END $$;`,
      { exitCode: 6, details: { detail: expect.stringContaining('trial') } },
    ],
    ['a step that opens a wall', 'DROP POLICY invitations_floor ON invitations;', { exitCode: 8 }],
  ];
  it.each(faults)('stops at %s', async (_, statements, expected) => {
    await addStep(statements);
    const { lines, error } = await run();
    expect(error).toMatchObject(expected);
    expect(lines.at(-1)).toMatch(/^FAIL/);
  });

  it('takes rows written by hand where nothing generic fits', async () => {
    await addStep(
      `CREATE TABLE riddles (answer text NOT NULL CHECK (md5(answer) = md5('forty' || '-two')));`,
    );
    const { lines } = await run();
    expect(lines.join('\n')).toMatch(/public\.riddles stayed empty: .*riddles_answer_check/);
    await mkdir(join(folder.path, 'fixtures'));
    const { journal = [] } = await readFolder(folder.path);
    await writeFile(
      join(folder.path, 'fixtures', `${journal.at(-1)!.tag}.sql`),
      `INSERT INTO riddles VALUES ('forty-two');`,
    );
    expect((await run()).lines.join('\n')).not.toContain('stayed empty');
    expect(await readFile(join(folder.path, 'meta', '_sum'), 'utf8')).not.toContain('fixtures');
  });

  it('climbs from the merge base and from the last states, never from nothing', () => {
    expect(stairs(10, 3, undefined)).toEqual([7, 8, 9]);
    expect(stairs(10, 2, 4)).toEqual([4, 8, 9]);
    expect(stairs(2, 5, 2)).toEqual([1]);
    expect(stairs(1, 3, 1)).toEqual([]);
  });

  // Last, since the audit expects every table that was declared so far.
  it('goes down as far as there is a way back, and up again; a way back that leaves something is found', async () => {
    const memos = tenantTable('memos', { title: text('title') });
    const later = tenantTable('memos', { title: text('title') }, (t) => [
      index('memos_title').on(t.tenantId, t.title),
      check('memos_title_length', sql`length(${t.title}) < 100`),
    ]);
    await generateSteps(folder.path, { ...schema, memos });
    const steps = await generateSteps(folder.path, { ...schema, memos: later });
    expect(steps).toHaveLength(3);
    const { lines, error } = await run();
    expect(error).toBeUndefined();
    expect(lines.join('\n')).toMatch(/ok +down \d+ steps.*\n.*ok +and up again/);

    await writeFile(
      join(folder.path, `${steps.at(-1)!.tag}.down.sql`),
      'CREATE VIEW left_behind AS SELECT 1 AS a;\n',
    );
    await renewSums(folder.path);
    const wrong = await run();
    expect(wrong.error).toMatchObject({
      exitCode: 6,
      message: 'What the rollback left is not what a fresh database is',
    });
  });
});
