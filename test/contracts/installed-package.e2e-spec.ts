import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);
const env = { PATH: `${dirname(process.execPath)}:${process.env['PATH']}` };

/**
 * The packed package with its declared dependencies and nothing else. They are linked here, since a real installation
 * takes minutes: that is `npm run test:package`.
 */
describe('the package', () => {
  let folder: string;
  let files: string[];
  const installed = (...path: string[]) => join(folder, 'node_modules/rowhouse', ...path);
  const command = (...args: string[]) => run(join(folder, 'node_modules/.bin/rowhouse'), args, { env });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rowhouse-package-'));
    // `pretest` has built it.
    await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
      cwd: ROOT,
      env: { ...env, HOME: folder },
    });
    const [archive] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
    await mkdir(installed(), { recursive: true });
    await run('tar', ['-xzf', join(folder, archive!), '-C', installed(), '--strip-components=1']);
    files = await readdir(installed(), { recursive: true });
    const { dependencies, bin } = JSON.parse(await readFile(installed('package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
      bin: { rowhouse: string };
    };
    for (const name of Object.keys(dependencies)) {
      await mkdir(join(folder, 'node_modules', dirname(name)), { recursive: true });
      await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
    }
    // As npm does it.
    await mkdir(join(folder, 'node_modules/.bin'));
    await symlink(join('../rowhouse', bin.rowhouse), join(folder, 'node_modules/.bin/rowhouse'));
    await chmod(installed(bin.rowhouse), 0o755);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('holds the built code and the migrations, but no tests, sources, maps or secrets', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'package.json',
        'README.md',
        'dist/cli.js',
        'dist/main.js',
        'dist/testing/index.d.ts',
        'drizzle/meta',
      ]),
    );
    const tops = new Set(files.map((file) => file.split('/')[0]));
    expect([...tops].toSorted()).toEqual(['LICENSE', 'README.md', 'dist', 'drizzle', 'package.json']);
    expect(files.filter((file) => /\.spec\.js$|(?<!\.d)\.ts$|\.map$|\.env|tsbuildinfo/.test(file))).toEqual(
      [],
    );
  });

  it.each(['can-i-deploy', 'record-deployment', 'upload-spec', 'record-interactions'])(
    'runs %s by its name',
    async (name) => expect((await command(name, '--help')).stdout).toContain(`Usage: rowhouse ${name}`),
  );

  it('ends with the exit codes of the command', async () => {
    const args = ['can-i-deploy', '--service', 'web', '--version', '1', '--environment', 'production'];
    await expect(command(...args)).rejects.toMatchObject({
      code: 3,
      stderr: expect.stringContaining('ROWHOUSE_URL'),
    });
  });

  it('starts the server with nothing of development installed', async () => {
    const start = run(process.execPath, [installed('dist/main.js')], {
      env: { ...env, NODE_ENV: 'production' },
    });
    await expect(start).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('DATABASE_URL') });
  });

  it('starts its commands for pipelines without NestJS, Drizzle and the driver', async () => {
    const watcher = join(folder, 'watcher.mjs');
    await writeFile(
      watcher,
      `import { registerHooks } from 'node:module';
       const seen = new Set();
       registerHooks({ resolve: (name, context, next) => (seen.add(name), next(name, context)) });
       const isPackage = (name) => /^[a-z@]/.test(name) && !/^(node|file):/.test(name);
       process.on('exit', () => console.log([...seen].filter(isPackage).sort().join()));`,
    );
    const cli = installed('dist/cli.js');
    const args = [
      'can-i-deploy',
      '--service',
      'a',
      '--version',
      '1',
      '--environment',
      'b',
      '--timeout',
      '1s',
    ];
    const reaching = { ...env, ROWHOUSE_URL: 'http://127.0.0.1:2', ROWHOUSE_API_KEY: 'rh_1' };
    const { stdout } = await run(process.execPath, ['--import', pathToFileURL(watcher).href, cli, ...args], {
      env: reaching,
    }).catch((ended: { stdout: string }) => ended);
    expect(stdout.trim()).toBe('commander,reflect-metadata');
  });
});
