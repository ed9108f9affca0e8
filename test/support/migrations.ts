import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { escapeIdentifier, type QueryResult, type QueryResultRow } from 'pg';
import { bootstrapDatabase, withClient } from '../../src/migrations/index.js';
import { testRun, urlFor } from './test-run.js';

/** A database with the roles' privileges and nothing else: no step was ever run. */
export interface EmptyDatabase {
  name: string;
  migratorUrl: string;
  controlUrl: string;
  appUrl: string;
  adminUrl: string;
  query<R extends QueryResultRow = Record<string, unknown>>(
    text: string,
    values?: unknown[],
  ): Promise<QueryResult<R>>;
  drop(): Promise<void>;
}

export async function createEmptyDatabase(): Promise<EmptyDatabase> {
  const run = testRun();
  const name = `rowhouse_empty_${run.id}_${randomBytes(4).toString('hex')}`;
  const adminUrl = urlFor(run.adminUrl, name);
  await withClient({ connectionString: run.adminUrl }, (admin) =>
    admin.query(`CREATE DATABASE ${escapeIdentifier(name)}`),
  );
  await withClient({ connectionString: adminUrl }, bootstrapDatabase);
  const login = (role: keyof typeof run.passwords) =>
    urlFor(run.adminUrl, name, { user: `rowhouse_${role}`, password: run.passwords[role] });
  return {
    name,
    migratorUrl: login('migrator'),
    controlUrl: login('control'),
    appUrl: login('app'),
    adminUrl,
    query: <R extends QueryResultRow>(text: string, values?: unknown[]) =>
      withClient({ connectionString: adminUrl }, (client) => client.query<R>(text, values)),
    drop: () =>
      withClient({ connectionString: run.adminUrl }, async (admin) => {
        await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
      }),
  };
}

/** A folder of steps under the system's temporary folder. */
export class StepFolder {
  readonly steps: { tag: string; when: number }[] = [];
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(steps: Record<string, string> = {}): Promise<StepFolder> {
    const path = await mkdtemp(join(tmpdir(), 'rowhouse-steps-'));
    await chmod(path, 0o755);
    await mkdir(join(path, 'meta'));
    const folder = new StepFolder(path);
    for (const [tag, sql] of Object.entries(steps)) await folder.add(tag, sql);
    await folder.writeJournal();
    return folder;
  }

  /** Writes the file, and the journal with the step at its end, or before the one at `index`. */
  async add(tag: string, sql: string, options: { when?: number; index?: number } = {}): Promise<this> {
    const when = options.when ?? (this.steps.at(-1)?.when ?? 1_700_000_000_000) + 1_000;
    this.steps.splice(options.index ?? this.steps.length, 0, { tag, when });
    await this.write(tag, sql);
    return this.writeJournal();
  }

  async write(tag: string, sql: string): Promise<this> {
    await writeFile(join(this.path, `${tag}.sql`), sql);
    return this;
  }

  async writeJournal(): Promise<this> {
    const entries = this.steps.map(({ tag, when }, idx) => ({
      idx,
      version: '7',
      when,
      tag,
      breakpoints: true,
    }));
    await writeFile(
      join(this.path, 'meta', '_journal.json'),
      JSON.stringify({ version: '7', dialect: 'postgresql', entries }, null, 2),
    );
    return this;
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }
}

/** The first eight digits of a text's sum, as in a run-time key. */
export const shortSum = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
