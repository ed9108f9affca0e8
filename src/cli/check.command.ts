import { basename } from 'node:path';
import {
  checkFolder,
  checkReport,
  ExitCode,
  loadSchema,
  migrationsFolder,
  schemaDrift,
} from '../migrations/index.js';
import { projectFolder } from './generated-file.js';

interface Options {
  json?: boolean;
  sarif?: boolean;
}

/** Everything about the migrations that needs no database. Ends with 4 where something stops; warnings do not. */
export async function checkMigrations({ json, sarif }: Options): Promise<void> {
  const path = migrationsFolder();
  const drift = await driftOf(path);
  const result = await checkFolder(path, drift);
  const format = json ? 'json' : sarif ? 'sarif' : 'text';
  console.log(await checkReport(result, format, basename(path)));
  if (result.failing.length > 0) process.exitCode = ExitCode.INTEGRITY;
}

/** A folder too broken to be compared with the schema is told of by the other rules. */
async function driftOf(path: string): Promise<{ schemaDrift?: string[] }> {
  const schema = await loadSchema(projectFolder);
  try {
    return { schemaDrift: await schemaDrift(path, schema) };
  } catch {
    return {};
  }
}
