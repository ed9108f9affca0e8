import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkFolder, migrate, rollback } from '../../src/migrations/index.js';
import { renewSums } from '../../src/migrations/generate/renew-sums.js';
import { createEmptyDatabase, type EmptyDatabase, shortSum, StepFolder } from '../support/migrations.js';
import { snapshotOfDatabase } from '../support/snapshot-of-database.js';
import { migrationsFolder } from '../../src/migrations/index.js';

const page = join(import.meta.dirname, '../../docs/migrations.md');
const [acme, globex] = ['11111111-1111-7111-8111-111111111111', '22222222-2222-7222-8222-222222222222'];

/** The SQL blocks of the page that begin with the name of their file. */
async function sampleHistory(): Promise<{ steps: Map<string, string>; down: Map<string, string> }> {
  const text = await readFile(page, 'utf8');
  const files = [...text.matchAll(/^ *```sql\n *-- drizzle\/(\S+)\.sql\n([\s\S]*?)^ *```$/gm)];
  const named = files.map(([, name = '', sql = '']) => [name, sql] as const);
  return {
    steps: new Map(named.filter(([name]) => !name.endsWith('.down'))),
    down: new Map(named.filter(([name]) => name.endsWith('.down'))),
  };
}

/** The service's own steps before its domain, which may have invoices too, as one: real tenants and their walls. */
async function ownSteps(): Promise<string> {
  const folder = migrationsFolder();
  const journal = JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8')) as {
    entries: { tag: string }[];
  };
  const texts = await Promise.all(
    journal.entries.slice(0, 3).map(({ tag }) => readFile(join(folder, `${tag}.sql`), 'utf8')),
  );
  return texts.join('\n--> statement-breakpoint\n');
}

describe('the history in docs/migrations.md', () => {
  let database: EmptyDatabase;
  let folder: StepFolder;
  let history: Awaited<ReturnType<typeof sampleHistory>>;
  const destroying: string[] = [];
  beforeAll(async () => {
    database = await createEmptyDatabase();
    folder = await StepFolder.create();
    history = await sampleHistory();
  });
  afterAll(async () => {
    await folder.remove();
    await database.drop();
  });

  const run = (confirm: string[] = []) =>
    migrate({ connectionString: database.migratorUrl }, { folder: folder.path, confirm });
  const scalar = async (text: string) => (await database.query(text)).rows[0]?.['value'];
  const keyOf = (tag: string) =>
    `${tag}:${shortSum(history.steps.get(tag) ?? history.down.get(`${tag}.down`) ?? '')}`;

  /** What the page says must be true after, or before, some of its steps. */
  const after: Record<string, () => Promise<unknown>> = {
    '0000_own': () =>
      database.query(
        `INSERT INTO tenants (id, slug, name) VALUES ('${acme}', 'acme', 'Acme'), ('${globex}', 'globex', 'Globex')`,
      ),
    '0001_invoices': () =>
      database.query(
        `INSERT INTO invoices (tenant_id, id, customer_name, note)
         SELECT tenant, gen_random_uuid(), 'Customer ' || n, CASE WHEN n % 2 = 0 THEN 'Note ' || n END
           FROM unnest(ARRAY['${acme}', '${globex}']::uuid[]) AS tenant, generate_series(1, 50) AS n`,
      ),
    '0002_add_due_on': async () => {
      const sum = shortSum(history.down.get('0002_add_due_on.down') ?? '');
      const options = { folder: folder.path, confirm: [`0002_add_due_on:${sum}`] };
      await rollback({ connectionString: database.migratorUrl }, options);
      expect(await scalar(`SELECT count(*)::int AS value FROM pg_attribute WHERE attname = 'due_on'`)).toBe(
        0,
      );
      await run();
    },
    '0003_fill_due_on': async () =>
      expect(await scalar('SELECT count(due_on)::int AS value FROM invoices')).toBe(100),
    '0011_drop_customer_name': async () =>
      expect(await scalar('SELECT count(customer)::int AS value FROM invoices')).toBe(100),
    '0013_copy_invoice_notes': async () =>
      expect(await scalar('SELECT count(*)::int AS value FROM invoice_notes')).toBe(50),
  };
  const before: Record<string, () => Promise<unknown>> = {
    '0015_drop_invoice_notes': async () => {
      await expect(run([keyOf('0015_drop_invoice_notes')])).rejects.toMatchObject({
        message: 'The step expects invoice_notes to be empty, and invoice_notes has 50 rows',
      });
      await database.query('DELETE FROM invoice_notes');
    },
  };

  it('is applied to rows of two tenants, with the keys it says it needs', async () => {
    let snapshot = { id: '' };
    for (const [tag, sql] of [['0000_own', await ownSteps()] as const, ...history.steps]) {
      await folder.add(tag, sql);
      const back = history.down.get(`${tag}.down`);
      if (back !== undefined) await folder.write(`${tag}.down`, back);
      await before[tag]?.();
      const error = await run().then(
        () => undefined,
        (thrown: { exitCode: number; details: { remedy: string } }) => thrown,
      );
      if (error) {
        expect(error).toMatchObject({
          exitCode: 3,
          details: { remedy: expect.stringContaining(`--confirm=${keyOf(tag)}`) },
        });
        destroying.push(tag);
        await run([keyOf(tag)]);
      }
      await after[tag]?.();
      snapshot = await snapshotOfDatabase(database, snapshot.id);
      await writeFile(
        join(folder.path, 'meta', `${tag.slice(0, 4)}_snapshot.json`),
        JSON.stringify(snapshot),
      );
    }
    expect(destroying).toEqual([
      '0011_drop_customer_name',
      '0014_drop_invoices_note',
      '0015_drop_invoice_notes',
    ]);
    expect([...history.steps.keys()]).toHaveLength(15);
    expect([...history.down.keys()]).toEqual(['0002_add_due_on.down']);
  }, 60_000);

  it('passes the check, once the steps that contracts name are released', async () => {
    await renewSums(folder.path);
    const settings = { startAfter: '0000_own', released: '0015_drop_invoice_notes' };
    await writeFile(join(folder.path, 'lint.json'), JSON.stringify(settings));
    const { failing, findings } = await checkFolder(folder.path);
    expect(failing.map(({ rule, file, message }) => `${file}: ${rule}: ${message}`)).toEqual([]);
    expect(findings.filter(({ severity }) => severity === 'critical')).toHaveLength(3);

    await writeFile(
      join(folder.path, 'lint.json'),
      JSON.stringify({ ...settings, released: '0001_invoices' }),
    );
    const early = await checkFolder(folder.path);
    expect(new Set(early.failing.map(({ rule }) => rule))).toEqual(new Set(['contract-before-expand']));
  });
});
