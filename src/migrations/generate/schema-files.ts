import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';

/**
 * What the schema files export, all in one. Listed from `src/`, so that the built file of a schema that was deleted does
 * not count, and loaded from `dist/`: build first, as the npm scripts do.
 * @param project the folder of package.json
 * @throws MigrationError (USAGE) where one is not built.
 */
export async function loadSchema(project: string): Promise<Record<string, unknown>> {
  const files = globSync('src/**/*.schema.ts', { cwd: project });
  const schema: Record<string, unknown> = {};
  for (const file of files.toSorted()) {
    // Two files may export the same name.
    for (const [name, value] of Object.entries(await built(project, file))) schema[`${file}:${name}`] = value;
  }
  return schema;
}

async function built(project: string, file: string): Promise<Record<string, unknown>> {
  const path = join(project, file.replace(/^src\b/, 'dist').replace(/\.ts$/, '.js'));
  try {
    return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new MigrationError(ExitCode.USAGE, `${file} is not built`, {
      file,
      detail: (cause as Error).message,
      remedy: 'run "npm run build" first; the npm scripts do',
    });
  }
}
