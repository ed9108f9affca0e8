import { posix } from 'node:path';
import {
  type Rule,
  type Tree,
  apply,
  applyTemplates,
  chain,
  forEach,
  mergeWith,
  move,
  url,
} from '@angular-devkit/schematics';
import { type Options as Prettier, format } from 'prettier';
import { writeForReal } from '../write-for-real.ts';
import { contextOf } from './context.ts';
import { SourceEdit } from './edit-source.ts';
import { type Field, parseFields } from './fields.ts';
import { importsFor } from './imports.ts';
import { type ResourceNames, resourceNames } from './names.ts';
import { refusal } from './refusal.ts';
import { registrationsOf } from './registrations.ts';

interface Options {
  name: string;
  fields?: string;
  path?: string;
  rest?: string[];
}

writeForReal();

/** Writes a resource of tenants with its tests, and makes it known to the house. Where it refuses, nothing is written. */
export function tenantResource({ name, fields: given, path = '', rest = [] }: Options): Rule {
  const names = resourceNames(name);
  const words = given ?? [path, ...rest].join(' ');
  const fields = parseFields(words.trim() || 'name:text!', names.many.snake);
  return chain([
    (tree) => refuseWhatIsThere(tree, names),
    writeFiles(names, fields),
    register(names, fields),
    formatWritten,
    (_, { logger }) => logger.info(nextSteps(names)),
  ]);
}

/** By its room; by its table or its routes in another room, or in a test, which has them beside the house's. */
function refuseWhatIsThere(tree: Tree, { many }: ResourceNames): void {
  if (tree.getDir(`src/${many.kebab}`).subfiles.length > 0)
    throw refusal(`src/${many.kebab} is there already`);
  const taken = new RegExp(
    `(?:tenantTable|pgTable)\\(\\s*'${many.snake}'|@Controller\\('v1/${many.kebab}'\\)`,
  );
  for (const folder of ['src', 'test'])
    tree.getDir(folder).visit((path, entry) => {
      if (path.endsWith('.ts') && taken.test(entry?.content.toString() ?? ''))
        throw refusal(`${many.spoken} are there already, in ${path.slice(1)}`);
    });
}

function writeFiles(names: ResourceNames, fields: Field[]): Rule {
  const source = apply(url('./files'), [
    applyTemplates(contextOf(names, fields)),
    forEach((entry) => {
      const text = entry.content
        .toString()
        .replace('// imports', (_, at: number, whole: string) => importsFor(whole));
      return { path: entry.path, content: Buffer.from(text) };
    }),
    move('/'),
  ]);
  return mergeWith(source);
}

const register =
  (names: ResourceNames, fields: Field[]): Rule =>
  (tree) => {
    for (const [path, edit] of Object.entries(registrationsOf(names, fields))) {
      const source = new SourceEdit(path, tree.readText(path));
      edit(source);
      tree.overwrite(path, source.text);
    }
  };

const formatWritten: Rule = async (tree) => {
  const settings = tree.readJson('.prettierrc.json') as Prettier;
  for (const { path } of tree.actions)
    if (posix.extname(path) === '.ts')
      tree.overwrite(path, await format(tree.readText(path), { ...settings, parser: 'typescript' }));
};

const nextSteps = ({ many }: ResourceNames) => `
Next, the migration with its walls, and the OpenAPI document:

  npm run db:generate -- --name ${many.snake}
  npm run openapi
  npm test -- ${many.kebab}
`;
