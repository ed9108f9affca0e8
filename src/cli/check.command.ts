import { basename } from 'node:path';
import { checkFolder, checkReport, ExitCode, migrationsFolder } from '../migrations/index.js';

interface Options {
  json?: boolean;
  sarif?: boolean;
}

/** Everything about the migrations that needs no database. Ends with 4 where something stops; warnings do not. */
export async function checkMigrations({ json, sarif }: Options): Promise<void> {
  const path = migrationsFolder();
  const result = await checkFolder(path);
  const format = json ? 'json' : sarif ? 'sarif' : 'text';
  console.log(await checkReport(result, format, basename(path)));
  if (result.failing.length > 0) process.exitCode = ExitCode.INTEGRITY;
}
