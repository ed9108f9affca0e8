import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MAY_IMPORT, MAY_IMPORT_ALL } from './house.js';
import { type Import, readImports } from './imports.js';
import * as rules from './rules.js';

const PROJECT = join(import.meta.dirname, '../..');

describe('the house', () => {
  let imports: Import[];
  beforeAll(async () => {
    imports = await readImports(PROJECT);
  });

  it('was read', () => expect(imports.length).toBeGreaterThan(100));

  it.each([
    ['imports point downwards only, as the table says', rules.onlyDownwards],
    ['other rooms see only the index.ts of a room', rules.onlyThroughIndex],
    ['inside a room nobody imports its own index.ts', rules.neverTheOwnIndex],
    ['there are no import cycles, not even of types', rules.noCycles],
    ['packages are imported by their owners only', rules.packagesAtTheirOwners],
    ['what serves imports nothing that is for tests', rules.nobodyServesTests],
    ['what runs in production imports nothing of development', rules.nothingOfDevelopment],
  ])('%s', (_, rule) => expect(rule(imports)).toEqual([]));

  it('has no room that the table does not know', async () => {
    const entries = await readdir(join(PROJECT, 'src'), { withFileTypes: true });
    const rooms = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(rooms.filter((room) => !(room in MAY_IMPORT) && !MAY_IMPORT_ALL.includes(room))).toEqual([]);
  });

  it('has no file above 300 lines and no default export', async () => {
    const files = (await readdir(join(PROJECT, 'src'), { recursive: true })).filter((file) =>
      file.endsWith('.ts'),
    );
    const faults = files.map(async (file) =>
      rules.faultsOfText(file, await readFile(join(PROJECT, 'src', file), 'utf8')),
    );
    expect((await Promise.all(faults)).flat()).toEqual([]);
  });
});

describe('each rule can fail', () => {
  const faulty: [string, rules.Rule, Import[]][] = [
    [
      'a lower room imports a higher one',
      rules.onlyDownwards,
      [local('src/database/pool.ts', 'src/tenancy/index.ts')],
    ],
    [
      'two rooms of the domain',
      rules.onlyDownwards,
      [local('src/quoting/quotes.service.ts', 'src/contracts/index.ts')],
    ],
    [
      'a room imports a file beside the rooms',
      rules.onlyDownwards,
      [local('src/health/health.module.ts', 'src/app.ts')],
    ],
    [
      'a room imports the local one',
      rules.onlyDownwards,
      [local('src/identity/scopes.ts', 'src/local/index.ts')],
    ],
    [
      'a room that the table does not know',
      rules.onlyDownwards,
      [local('src/utils/text.ts', 'src/config/index.ts')],
    ],
    [
      'a file behind the index',
      rules.onlyThroughIndex,
      [local('src/tenancy/tenant-directory.ts', 'src/database/pool.ts')],
    ],
    ['the index of the own room', rules.neverTheOwnIndex, [local('src/http/cursor.ts', 'src/http/index.ts')]],
    [
      'a cycle of two',
      rules.noCycles,
      [local('src/a/x.ts', 'src/a/y.ts'), local('src/a/y.ts', 'src/a/x.ts')],
    ],
    ['a file that imports itself', rules.noCycles, [local('src/a/x.ts', 'src/a/x.ts')]],
    ['a package of another room', rules.packagesAtTheirOwners, [npm('src/quoting/quotes.service.ts', 'pg')]],
    ['a package that nobody owns', rules.packagesAtTheirOwners, [npm('src/http/cursor.ts', 'lodash')]],
    [
      'a command imports what is for tests',
      rules.nobodyServesTests,
      [local('src/cli/seed.command.ts', 'src/testing/index.ts')],
    ],
    [
      'a development package',
      rules.nothingOfDevelopment,
      [{ ...npm('src/app.ts', 'fastify'), isDevelopment: true }],
    ],
  ];
  it.each(faulty)('%s', (_, rule, imports) => expect(rule(imports)).toHaveLength(1));

  it('but lets tables be seen through their own door, whatever the room is called', () => {
    for (const room of ['quoting', 'rate-limits'])
      expect(rules.onlyThroughIndex([local('src/schema.ts', `src/${room}/schema.ts`)])).toEqual([]);
  });

  it('a file of 301 lines, a default export', () => {
    expect(rules.faultsOfText('long.ts', 'x\n'.repeat(300))).toEqual([]);
    expect(rules.faultsOfText('long.ts', 'x\n'.repeat(301))).toHaveLength(1);
    expect(rules.faultsOfText('default.ts', 'export default class {}')).toHaveLength(1);
  });
});

describe('the reader of imports', () => {
  let folder: string;
  afterAll(() => rm(folder, { recursive: true }));

  it('sees static, type-only, dynamic and re-exporting imports, but no tests', async () => {
    folder = await mkdtemp(join(tmpdir(), 'rowhouse-imports-'));
    await write('package.json', '{"type":"module","devDependencies":{"jest":"1"}}');
    await write(
      'src/a/one.ts',
      `import type { Two } from './two.js';\nimport { join } from 'node:path';\nexport const one = join;`,
    );
    await write('src/a/two.ts', `export { one } from './one.js';\nexport type Two = string;`);
    await write('src/b/index.ts', `export const late = () => import('../a/two.js');\nimport 'jest';`);
    await write('src/b/b.spec.ts', `import '../a/one.js';`);

    const imports = await readImports(folder);

    const told = imports.map(({ from, to, isTypeOnly, isDevelopment }) => [
      from,
      to,
      isTypeOnly,
      isDevelopment,
    ]);
    expect(told).toEqual([
      ['src/a/one.ts', 'src/a/two.ts', true, false],
      ['src/a/two.ts', 'src/a/one.ts', false, false],
      ['src/b/index.ts', 'src/a/two.ts', false, false],
      ['src/b/index.ts', 'jest', false, true],
    ]);
    expect(rules.noCycles(imports)).toEqual(['These import each other: src/a/one.ts, src/a/two.ts']);
  });

  async function write(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
});

function local(from: string, to: string): Import {
  return { from, to, isPackage: false, isTypeOnly: false, isDevelopment: false };
}

function npm(from: string, to: string): Import {
  return { ...local(from, to), isPackage: true };
}
