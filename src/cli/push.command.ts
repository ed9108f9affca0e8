import { loadMigrationConnection } from '../config/index.js';
import { invariants } from '../isolation.js';
import { withDevelopmentDatabase } from '../local/index.js';
import { loadSchema, migrationsFolder, pushSchema } from '../migrations/index.js';
import { requireDisposable } from './disposable-database.js';
import { askRename } from './ask-rename.js';
import { isTerminal } from './ask-in-terminal.js';
import { projectFolder } from './generated-file.js';

interface Options {
  name?: string;
  rename?: string[];
  /** false: `--no-renames`. */
  renames: boolean;
}

/** Tries a schema out on a database that can be thrown away, without writing a step. */
export const push = ({ name, rename = [], renames }: Options): Promise<void> =>
  withDevelopmentDatabase({}, async (database) => {
    await requireDisposable(database, 'changes the schema of', name);
    const connection = loadMigrationConnection(database.environment);
    const statements = await pushSchema(connection, await loadSchema(projectFolder), {
      folder: migrationsFolder(),
      invariants,
      renames: rename,
      isRestNew: !renames,
      ...(isTerminal() && { ask: askRename }),
    });
    for (const statement of statements) console.log(statement);
    console.log(
      statements.length > 0
        ? `${statements.length} statements were run. db:migrate refuses this database from now on, until "npm run db:reset".`
        : 'The database has what the schema says',
    );
  });
