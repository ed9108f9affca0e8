import { afterAll, afterEach, beforeEach } from '@jest/globals';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as drizzleMigrate } from 'drizzle-orm/node-postgres/migrator';
import { migrate, type MigrateOptions, withClient } from '../../src/migrations/index.js';
import { createEmptyDatabase, type EmptyDatabase, StepFolder } from './migrations.js';

/** A new database and a folder with two steps for each test: table `a`, then table `b`. */
export class MigrationSuite {
  database!: EmptyDatabase;
  folder!: StepFolder;
  readonly #used: EmptyDatabase[] = [];

  /** Call it inside `describe`. */
  constructor() {
    beforeEach(async () => {
      this.database = await createEmptyDatabase();
      this.#used.push(this.database);
      this.folder = await StepFolder.create({
        '0000_a': 'CREATE TABLE a (id int);',
        '0001_b': 'CREATE TABLE b (id int);',
      });
    });
    afterEach(() => this.folder.remove());
    afterAll(async () => {
      for (const database of this.#used) await database.drop();
    });
  }

  /** Without the keys of destructive steps, unless a test asks for them. */
  run(options: MigrateOptions = {}): Promise<{ applied: string[] }> {
    const criticalFindings = async () => [];
    return migrate(
      { connectionString: this.database.migratorUrl },
      { folder: this.folder.path, criticalFindings, ...options },
    );
  }

  /** drizzle's own migrator over the same folder. */
  drizzleRun(url: string = this.database.adminUrl): Promise<void> {
    return withClient({ connectionString: url }, (client) =>
      drizzleMigrate(drizzle(client), { migrationsFolder: this.folder.path }),
    );
  }

  async tables(): Promise<string[]> {
    const { rows } = await this.database.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  }

  async states(): Promise<unknown[]> {
    const { rows } = await this.database.query(
      `SELECT tag, state, statements_done AS done FROM rowhouse.migrations ORDER BY tag`,
    );
    return rows;
  }

  async indexes(): Promise<unknown[]> {
    const { rows } = await this.database.query(
      `SELECT indexrelid::regclass::text AS name, indisvalid AS valid FROM pg_index
        WHERE indrelid IN ('a'::regclass, 'b'::regclass) ORDER BY 1`,
    );
    return rows;
  }
}
